//! Pages that carry a cart's data and are no cart.

use super::in_state::{magento, prestashop, shopify};
use super::{assert_not_a_cart, page, read_at};

#[test]
fn a_product_page_with_the_data_of_a_cart_is_none() {
    let all = [magento(), shopify("EUR", 1290), prestashop("product")].concat();
    let html = page(&["€21.00", "€4.00", "€30.90", "38,70 €"], &all);
    assert_not_a_cart(&read_at("/products/mug", &html));
    let named = html.replace("<html>", "<html><head><title>Mug | Shop</title>");
    assert_not_a_cart(&read_at("/p/utility-cart-200", &named));
}

#[test]
fn a_page_that_calls_itself_a_product_or_an_order_is_no_cart() {
    let html = page(&["38,70 €"], &shopify("EUR", 1290));
    let product = html.replace(
        "<html>",
        "<html><head><meta property=og:type content=product>",
    );
    assert_not_a_cart(&read_at("/products/cart", &product));
    let orders = html.replace("<html>", "<html><head><title>Order history - Cart</title>");
    assert_not_a_cart(&read_at("/account", &orders));
    assert_not_a_cart(&read_at("/cart/checkout", &html));
}

#[test]
fn the_page_that_the_shop_names_decides_over_the_address() {
    let html = page(&["€21.00", "€4.00", "€30.90"], &prestashop("checkout"));
    assert_not_a_cart(&read_at("/cart", &html));
}

#[test]
fn a_title_makes_a_page_the_carts() {
    let html = page(&["38,70 €"], &shopify("EUR", 1290));
    let titled = html.replace(
        "<html>",
        "<html><head><title>Your Basket (3) – Potter</title>",
    );
    assert_eq!(read_at("/index.php", &titled)["verdict"], "reconciled");
}

#[test]
fn what_stands_in_the_form_of_a_product_is_no_cart() {
    let form = "<form><input type=hidden name='NEW_ITEM-DESCRIPTION[1]' value=Saw>\
                <input type=hidden name='NEW_ITEM-QUANTITY[1]' value=1><input type=hidden name='NEW_ITEM-PRICE[1]' value=9></form>";
    assert_not_a_cart(&read_at("/oci/saw", &page(&["9.00"], form)));
}
