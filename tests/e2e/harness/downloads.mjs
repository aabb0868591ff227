// What the browser puts into the downloads.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

export class Downloads {
  /** Lets the browser keep files in a folder of its own, under their names. */
  static async of(browser) {
    const folder = join(browser.folder, "downloads");
    mkdirSync(folder);
    const cdp = await browser.cdp();
    await cdp.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    return new Downloads(folder);
  }

  constructor(folder) {
    this.folder = folder;
  }

  /** The one file whose name ends so, once it is whole; it is taken away. */
  async take(ending) {
    const end = Date.now() + 30_000;
    for (;;) {
      const names = readdirSync(this.folder);
      const name = names.find((name) => name.endsWith(ending));
      if (name && !names.some((name) => name.endsWith(".crdownload"))) {
        const text = readFileSync(join(this.folder, name), "utf8");
        rmSync(join(this.folder, name));
        return { name, text };
      }
      if (Date.now() > end) throw new Error(`no download ends with ${ending}: ${names}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
