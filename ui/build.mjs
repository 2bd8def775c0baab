// Builds src/ into dist/: one style sheet, one script, fonts and pictures, each with the hash of its content
// in its name, and manifest.json, which maps the names that templates use to the names in dist/.
import { build } from "esbuild";
import { compileAsync } from "sass";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { constants, gzipSync } from "node:zlib";

const root = import.meta.dirname;
const dist = join(root, "dist");

// Style sheets: sass first, esbuild then resolves url(), hashes and minifies.
const styles = {
  name: "sass",
  setup(bundle) {
    bundle.onLoad({ filter: /\.scss$/ }, async ({ path }) => {
      const { css, loadedUrls } = await compileAsync(path, {
        loadPaths: [join(root, "node_modules"), root],
        quietDeps: true,
      });
      const watchFiles = loadedUrls.map((url) => url.pathname);
      return { contents: css, loader: "css", resolveDir: root, watchFiles };
    });
  },
};

// Every browser that runs the scripts reads woff2; the older woff files stay out.
const fonts = {
  name: "woff2-only",
  setup(bundle) {
    bundle.onLoad({ filter: /@fontsource[\\/].*\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      return { contents: css.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ""), loader: "css" };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: {
    app: "src/scripts/app.js",
    style: "src/styles/style.scss",
    favicon: "src/images/favicon.svg",
    emblem: "src/images/emblem.svg",
  },
  outdir: "dist",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  format: "esm",
  target: ["es2020", "chrome109", "firefox115", "safari16"],
  minify: true,
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
  loader: { ".woff2": "file", ".svg": "copy", ".png": "file" },
  plugins: [styles, fonts],
});

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  const file = basename(path);
  if (file.endsWith(".LEGAL.txt")) continue;
  const match = /^(.*)-[A-Z0-9]{8}(\.[a-z0-9]+)$/.exec(file);
  if (!match) throw new Error(`no content hash in the name of ${file}`);
  manifest[match[1] + match[2]] = file;
  if (output.bytes === 0) throw new Error(`${file} is empty`);
  // Compressed once here and not at each request; fonts are compressed already.
  if (/\.(css|js|svg)$/.test(file)) {
    const bytes = await readFile(join(dist, file));
    await writeFile(join(dist, `${file}.gz`), gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  }
}
// What an earlier build left goes last, so that a program being compiled meanwhile finds a whole bundle.
const current = new Set(["manifest.json"]);
for (const path of Object.keys(metafile.outputs)) {
  current.add(basename(path)).add(`${basename(path)}.gz`);
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(dist, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
for (const file of await readdir(dist)) {
  if (!current.has(file)) await rm(join(dist, file));
}
