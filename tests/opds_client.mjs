// Walks an OPDS catalogue with r2-opds-js, the library of Readium's desktop reader, and fetches every edition.
// node opds_client.mjs MODULES ROOT: a line of JSON for each feed, with what the library understood of it.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";

const [modules, root] = process.argv.slice(2);
const library = createRequire(`${modules}/x.js`);
const inside = (name, path) => library(`${name}/dist/es8-es2017/src/${path}`);
inside("r2-opds-js", "opds/init-globals").initGlobalConverters_OPDS();
inside("r2-shared-js", "init-globals").initGlobalConverters_GENERIC();
const { OPDS } = inside("r2-opds-js", "opds/opds1/opds");
const { OPDSFeed } = inside("r2-opds-js", "opds/opds2/opds2");
const { convertOpds1ToOpds2 } = inside("r2-opds-js", "opds/converter");
const { TaJsonDeserialize } = inside("r2-lcp-js", "serializable");
const { XML } = inside("r2-utils-js", "_utils/xml-js-mapper");
const { DOMParser } = library("@xmldom/xmldom");

async function get(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

function understood(text, url) {
  if (url.endsWith(".json")) return TaJsonDeserialize(JSON.parse(text), OPDSFeed);
  return convertOpds1ToOpds2(XML.deserialize(new DOMParser().parseFromString(text, "text/xml"), OPDS));
}

const links = (some, base) =>
  (some ?? []).map((one) => ({ href: new URL(one.Href, base).href, type: one.TypeLink, rel: one.Rel ?? [], title: one.Title }));

async function fetched(link) {
  const answer = await get(link.href);
  const data = Buffer.from(await answer.arrayBuffer());
  return { ...link, served: answer.headers.get("content-type"), sha256: createHash("sha256").update(data).digest("hex") };
}

const seen = new Set([root]);
for (const url of seen) {
  const feed = understood(await (await get(url)).text(), url);
  const around = links(feed.Links, url);
  const groups = feed.Groups ?? [];
  const navigation = links([...(feed.Navigation ?? []), ...groups.flatMap((group) => group.Navigation ?? [])], url);
  const publications = [];
  for (const one of [...(feed.Publications ?? []), ...groups.flatMap((group) => group.Publications ?? [])]) {
    const editions = links(one.Links, url).filter(({ rel }) => rel.some((name) => name.includes("opds-spec.org/acquisition")));
    const pictures = links(one.Images, url);
    publications.push({
      id: one.Metadata.Identifier, title: one.Metadata.Title, language: one.Metadata.Language,
      publisher: one.Metadata.Publisher?.map((some) => some.Name), author: one.Metadata.Author?.map((some) => some.Name),
      editions: await Promise.all(editions.map(fetched)), pictures: await Promise.all(pictures.map(fetched)),
    });
  }
  console.log(JSON.stringify({ url, title: feed.Metadata.Title, around, navigation, publications }));
  for (const { href } of [...navigation, ...around.filter(({ rel }) => rel.includes("next"))]) seen.add(href);
}
