/*
 * ace.js -- Ace by DAISY finds nothing in the books that would shut a reader out.
 *
 *     node ace.js NODE_MODULES FOLDER BOOK.epub...
 *
 * One browser serves all books at once: starting it, and Ace, takes longer than most
 * books do.  Ace's reports go into FOLDER.  Prints TAP.
 */
"use strict";
const path = require("path");
const { createRequire } = require("module");

const [modules, folder, ...books] = process.argv.slice(2);
const tools = createRequire(path.resolve(modules) + path.sep);
process.env.PUPPETEER_EXECUTABLE_PATH ||= "/usr/bin/chromium";
const ace = tools("@daisy/ace-core");
const runner = tools("@daisy/ace-axe-runner-puppeteer");
const shared = { ...runner, concurrency: 2, launch: async () => {}, close: async () => {} };

function* findings(report) {
    for (const file of report.assertions)
        for (const { "earl:test": test, "earl:result": result } of file.assertions)
            yield `${file["earl:testSubject"].url}: ${test["dct:title"]} (${test["earl:impact"]}): `
                + `${result.html || result["dct:description"]}`.replace(/\s+/g, " ").slice(0, 160);
}

async function judge(book) {
    const options = { cwd: process.cwd(), outdir: path.join(folder, path.basename(book)), doNotReportMedia: true,
                      initLogger: true, silent: true };
    const [, report] = await ace(book, options, shared);
    return [...findings(report)];
}

async function main() {
    await runner.launch();
    const results = await Promise.all(books.map(book => judge(book).catch(error => [String(error)])));
    await runner.close();
    console.log(`1..${books.length}`);
    results.forEach((found, i) => {
        console.log(`${found.length ? "not ok" : "ok"} ${i + 1} - Ace: ${books[i]}`);
        found.slice(0, 8).forEach(line => console.log(`# ${line}`));
    });
    process.exitCode = results.some(found => found.length) ? 1 : 0;
}

main();
