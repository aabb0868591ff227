namespace Punchout.Procurement;

using Microsoft.Inventory.Item;

/// <summary>Fills the items of the API.</summary>
codeunit 50116 "PUN Item Directory"
{
    Access = Internal;
    Permissions = tabledata Item = r;

    /// <summary>Adds the items that the filters of the buffer can match; the platform applies the filters exactly.</summary>
    procedure Load(var TempItemBuffer: Record "PUN Item Buffer" temporary)
    var
        Item: Record Item;
    begin
        SetFilters(TempItemBuffer, Item);
        TempItemBuffer.Reset();
        TempItemBuffer.DeleteAll();
        Item.SetLoadFields(Description, Type, Blocked, "Base Unit of Measure");
        if Item.FindSet() then
            repeat
                TempItemBuffer.Init();
                TempItemBuffer."No." := Item."No.";
                TempItemBuffer.Description := Item.Description;
                TempItemBuffer.Type := TypeName(Item.Type);
                TempItemBuffer.Blocked := Item.Blocked;
                TempItemBuffer."Base Unit of Measure" := Item."Base Unit of Measure";
                TempItemBuffer."Item ID" := Item.SystemId;
                TempItemBuffer.Insert();
            until Item.Next() = 0;
    end;

    local procedure SetFilters(var TempItemBuffer: Record "PUN Item Buffer" temporary; var Item: Record Item)
    var
        ItemType: Enum "Item Type";
        Position: Integer;
    begin
        TempItemBuffer.CopyFilter("No.", Item."No.");
        TempItemBuffer.CopyFilter(Description, Item.Description);
        TempItemBuffer.CopyFilter("Item ID", Item.SystemId);
        Position := ItemType.Names().IndexOf(TempItemBuffer.GetFilter(Type));
        if Position > 0 then
            Item.SetRange(Type, Enum::"Item Type".FromInteger(ItemType.Ordinals().Get(Position)));
    end;

    local procedure TypeName(ItemType: Enum "Item Type") Result: Text[20]
    begin
        Result := CopyStr(ItemType.Names().Get(ItemType.Ordinals().IndexOf(ItemType.AsInteger())), 1, MaxStrLen(Result));
    end;
}
