"""Two programs that show EPUB in a browser, as their users have them: epub.js and foliate-js.

`.ci/run` puts their packages into `build/tools/readers`.  Each is served with a book to a page of the browser, and says
what it shows: `looked_at` gives what is found in the same words for both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import tools

PACKAGES = Path(os.environ.get("WENBAN_READERS", tools.TOOLS / "readers" / "node_modules"))
HERE = "http://localhost:9/"  # no request leaves the browser: all are answered here
KINDS = {".js": "text/javascript", ".html": "text/html", ".epub": "application/epub+zip"}
_PAGE = (
    "<!DOCTYPE html><meta charset=utf-8><style>html,body,#a,foliate-view{height:100%;margin:0;display:block}</style>"
)

# What both programs' scripts use: the size of a picture that can be decoded, and what a page of a book shows.
_COMMON = """
window.sizeOf = address => new Promise(done => { const one = new Image(); one.onload = () =>
  done([one.naturalWidth, one.naturalHeight]); one.onerror = () => done(null); one.src = address; });
window.shown = doc => ({text: doc.body.innerText, mode: doc.defaultView.getComputedStyle(doc.body).writingMode,
  pictures: [...doc.images].map(one => [one.naturalWidth, one.naturalHeight, one.getBoundingClientRect().width])});
"""
_EPUBJS = """async () => {
  const book = ePub(await (await fetch('/book.epub')).arrayBuffer());
  await book.ready;
  const rendition = book.renderTo('a', {width: 600, height: 800});
  const at = async where => { await rendition.display(where); return rendition.getContents()[0].document; };
  const cover = await sizeOf(await book.coverUrl());
  const first = shown(await at(book.navigation.landmarks.find(one => one.type === 'bodymatter').href));
  const reference = book.spine.get('CHAPTER_NOTE').href + '#NOTE';
  const noted = await at(reference);
  const note = noted.getElementById('NOTE').innerText;
  const place = rendition.currentLocation().start.href;
  return {cover, first, note: [place, note], picture: shown(await at('CHAPTER_PICTURE')).pictures,
    front: shown(await at('cover.xhtml')).pictures,
    direction: book.package.metadata.direction, toc: book.navigation.toc.map(one => one.label.trim())};
}"""
_FOLIATE = """async () => {
  await import('/foliate-js/view.js');
  const {FootnoteHandler} = await import('/foliate-js/footnotes.js');
  const view = document.createElement('foliate-view');
  document.body.append(view);
  await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'));
  const at = async where => {
    await view.goTo(view.book.sections.findIndex(one => one.id.endsWith(where)));
    return view.renderer.getContents()[0].doc; };
  const cover = await sizeOf(URL.createObjectURL(await view.book.getCover()));
  await view.goToTextStart();
  const first = shown(view.renderer.getContents()[0].doc);
  const handler = new FootnoteHandler();
  handler.addEventListener('before-render', e => document.body.append(e.detail.view));
  const note = new Promise(done => handler.addEventListener('render', e =>
    done([e.detail.type, e.detail.view.renderer.getContents()[0].doc.body.innerText])));
  view.addEventListener('link', e => handler.handle(view.book, e)?.catch(console.error));
  const noted = await at('CHAPTER_NOTE');
  noted.querySelector('a[role=doc-noteref]').click();
  return {cover, first, note: await note, picture: shown(await at('CHAPTER_PICTURE')).pictures,
    front: shown(await at('cover.xhtml')).pictures,
    direction: view.book.dir, toc: view.book.toc.map(one => one.label.trim())};
}"""
_LIMITED = """() => Promise.race([(%s)(),
  new Promise((_, no) => setTimeout(() => no(new Error('a minute was not enough')), 60000))])"""
_SCRIPTS = {"epub.js": _EPUBJS, "foliate-js": _FOLIATE}
READERS = tuple(_SCRIPTS)


@contextmanager
def looked_at(browser: Any, reader: str, data: bytes, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What a reader shows of a book.  names: what the words in capitals of its script stand for."""
    if not (PACKAGES / "foliate-js").is_dir() or not (PACKAGES / "epubjs").is_dir():
        pytest.skip("epub.js and foliate-js are not here: npm install --prefix build/tools/readers epubjs foliate-js")
    context = browser.new_context(viewport={"width": 700, "height": 900})
    asked: list[str] = []
    scripts = ("jszip/dist/jszip.js", "epubjs/dist/epub.js") if reader == "epub.js" else ()
    page_of = _PAGE + "".join(f"<script src=/{name}></script>" for name in scripts)
    page_of += f"<script>{_COMMON}</script><div id=a></div>"

    def answer(route: Any) -> None:
        name = route.request.url.removeprefix(HERE)
        if name in ("", "book.epub"):
            body, kind = (data, KINDS[".epub"]) if name else (page_of.encode(), KINDS[".html"])
            route.fulfill(body=body, content_type=kind)
        elif (path := PACKAGES / name).is_file() and route.request.url.startswith(HERE):
            route.fulfill(body=path.read_bytes(), content_type=KINDS.get(path.suffix, "application/octet-stream"))
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    page.goto(HERE)
    script = _SCRIPTS[reader]
    for word, name in names.items():
        script = script.replace(word, name)
    found = page.evaluate(_LIMITED % script)
    yield found | {"asked": asked}
    context.close()
