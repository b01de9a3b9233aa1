/*
 * judge.js -- reads a book to its end, as a reader with eyes would.
 *
 * `reader` is the reading program, in the words of the pages beside this file: shown()
 * gives the documents on the screen, whose text flows in columns of the width of a page,
 * and where the page that is seen begins in them.
 */
"use strict";

const NAP = 10, PATIENCE = 30000; // milliseconds
const nap = () => new Promise(wake => setTimeout(wake, NAP));

async function until(holds) {
    for (let waited = 0; waited < PATIENCE; waited += NAP) {
        if (holds()) return true;
        await nap();
    }
    return false;
}

const words = node => node.textContent.trim().replace(/\s+/g, " ").slice(0, 40);

/* [text node, boxes of its words]: blanks may hang over the edge. */
function* texts(doc) {
    const walk = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT), range = doc.createRange();
    while (walk.nextNode())
        for (const word of walk.currentNode.data.matchAll(/\S+/g)) {
            range.setStart(walk.currentNode, word.index);
            range.setEnd(walk.currentNode, word.index + word[0].length);
            yield [walk.currentNode, [...range.getClientRects()].filter(r => r.width)];
        }
}

const column = (page, r) => Math.floor((r.left + page.doc.defaultView.scrollX + 1) / page.width);

/* Headings that end a page, whose text begins the next: [what, words]. */
function widows(page) {
    const wrong = [];
    let heading = null, end;
    for (const [text, boxes] of texts(page.doc)) {
        if (!boxes.length) continue;
        const inside = text.parentNode.closest("h1, h2, h3, h4, h5, h6");
        if (heading && inside != heading && column(page, boxes[0]) != end)
            wrong.push(["heading ends a page", words(heading)]);
        heading = inside;
        end = column(page, boxes.at(-1));
    }
    return wrong;
}

/* What does not fit its column: [what, words]. */
function misfits({ doc, columns, width, height }) {
    const style = doc.defaultView.getComputedStyle(columns);
    const left = parseFloat(style.paddingLeft), room = width - parseFloat(style.columnGap);
    const wrong = [];
    const fits = r => {
        const x = r.left + doc.defaultView.scrollX - left;
        return x - Math.floor((x + 1) / width) * width + r.width <= room + 2 && r.bottom <= height + 2;
    };
    for (const [text, boxes] of texts(doc))
        if (!boxes.every(fits)) wrong.push(["runs over", words(text.parentNode)]);
    for (const box of doc.querySelectorAll("img, svg, table, .display"))
        if (![...box.getClientRects()].every(fits)) wrong.push([`${box.localName} runs over`, words(box)]);
    return wrong;
}

function unseen(doc) {
    const wrong = [];
    for (const image of doc.querySelectorAll("img"))
        if (!image.naturalWidth || !image.getClientRects().length) wrong.push(["picture is not shown", image.alt]);
    for (const math of doc.querySelectorAll("math"))
        if (!math.getBoundingClientRect().height) wrong.push(["formula is not shown", words(math)]);
    return wrong;
}

const key = page => `${page.index}:${Math.round(page.from / page.width)}`;

async function readThrough(reader) {
    const seen = new Map(), wrong = [], pages = new Set();
    for (let last = ""; ; ) {
        for (const page of reader.shown()) {
            pages.add(last = key(page));
            if (seen.has(page.index)) continue;
            const pictures = [...page.doc.images];
            seen.set(page.index, { pictures: pictures.length, formulas: page.doc.querySelectorAll("math").length });
            await until(() => pictures.every(image => image.complete));
            for (const [what, where] of [...misfits(page), ...widows(page), ...unseen(page.doc)])
                wrong.push(`document ${page.index}: ${what}: ${where}`);
        }
        if (reader.atEnd()) break;
        await reader.next();
        if (!await until(() => reader.shown().some(page => key(page) != last))) {
            wrong.push(`no page comes after ${last}`);
            break;
        }
    }
    if (seen.size != reader.count()) wrong.push(`${seen.size} documents of ${reader.count()} are seen`);
    const sum = what => [...seen.values()].reduce((all, one) => all + one[what], 0);
    return { wrong, pages: pages.size, pictures: sum("pictures"), formulas: sum("formulas") };
}

/* Whether the place with this id, or the top of a document, is on the page that is seen. */
function isSeen(reader, id) {
    return reader.shown().some(page => {
        const place = id ? page.doc.getElementById(id) : page.doc.body;
        if (!place) return false;
        const r = place.getClientRects()[0];
        return r && r.left + page.doc.defaultView.scrollX >= page.from - 1 && r.left < page.from + page.width;
    });
}

const id = href => decodeURIComponent(href.split("#")[1] || "");

async function followContents(reader) {
    const wrong = [];
    for (const href of reader.contents()) {
        await reader.goTo(href);
        if (!await until(() => isSeen(reader, id(href)))) wrong.push(`the contents do not lead to ${href}`);
    }
    return wrong;
}

/* Touch a link of the text that leads to another place. */
async function followLink(reader, from, selector) {
    await reader.goTo(from);
    await until(() => reader.shown().some(page => page.doc.querySelector(selector)));
    const link = reader.shown().map(page => page.doc.querySelector(selector)).find(found => found);
    if (!link) return [`no link in ${from}`];
    const target = id(link.getAttribute("href"));
    link.click();
    return await until(() => isSeen(reader, target)) ? [] : [`the link in ${from} does not lead to ${target}`];
}
