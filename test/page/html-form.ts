import MarkdownIt from 'markdown-it';

/** Renders Markdown without tabs and includes. */
function rendered(markdown: string): string {
  const html = new MarkdownIt({ html: true, langPrefix: 'lang-' }).disable('lheading').render(markdown);
  return html.replace(
    /<blockquote>\n<p><strong>Note:?<\/strong>:? ([\s\S]*?)<\/p>\n<\/blockquote>/g,
    '<div class="NOTE">\n<p>Note</p>\n<p>$1</p>\n</div>',
  );
}

const SAMPLE = `<pre><code class="lang-python">
# To start, see https://example.com
body = Body(x = &quot;&lt;a&gt;&quot;)
</code></pre>
<blockquote>
<p>For details, see the <a href="/sdk">SDK documentation</a>.</p>
</blockquote>
`;

/** A group of tabs: each tab is a panel, hidden except the first. */
function tabs(group: string): string {
  const panels = [...group.matchAll(/^# \[(.*?)\]\(#tab\/(.*?)\)\n([\s\S]*?)(?=^# \[|(?![\s\S]))/gm)];
  const heads = panels.map(
    ([, name, id]) =>
      `<li role="presentation">\n<a href="#panel_${id}" role="tab" data-tab="${id}">${name}</a>\n</li>\n`,
  );
  const bodies = panels.map(([, , id, text = ''], i) => {
    const content = /\[!INCLUDE/.test(text) ? SAMPLE : rendered(text);
    return `<section id="panel_${id}" role="tabpanel" data-tab="${id}"${i > 0 ? ' aria-hidden="true" hidden="hidden"' : ''}>\n${content}</section>\n`;
  });
  return `<div class="tabGroup">\n<ul role="tablist">\n${heads.join('')}</ul>\n${bodies.join('')}</div>\n`;
}

/** The content of a page in HTML, with its tabs and with its includes filled in. */
export function contentOf(markdown: string): string {
  return markdown
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .split(/^((?:# \[.*\]\(#tab\/[\s\S]*?)\n---\n)/m)
    .map((piece, i) => (i % 2 === 1 ? tabs(piece.replace(/---\n$/, '')) : rendered(piece)))
    .join('');
}

/** A page as learn.microsoft.com serves it, with its surroundings. */
export function htmlForm(markdown: string): string {
  const content = contentOf(markdown);
  const [title = ''] = /<h1>.*<\/h1>/.exec(content) ?? [];
  return `<!DOCTYPE html>
<html class="layout" lang="en-us" dir="ltr">
<head>
<title>A page | Learn</title>
<script>const text = "<h1>not a title</h1>"; if (1 < 2) {}</script>
<style>p > a { color: red }</style>
</head>
<body lang="en-us">
<header><nav><ul><li>Learn</li></ul></nav></header>
<main id="main" role="main">
<div id="article-header"><details><summary>More</summary><button type="button">Print</button></details></div>
<div unauthorized-private-section hidden><p>Note</p><p>Access to this page requires authorization.</p></div>
<div class="content">${title}</div>
<div id="article-metadata"><local-time>2025-07-23</local-time></div>
<nav id="center-doc-outline"><h2 id="ms--in-this-article">In this article</h2></nav>
<div class="content">${content.replace(title, '')}</div>
<section><h2>Feedback</h2><p>Was this page helpful?</p></section>
</main>
<aside><h2>Additional resources</h2></aside>
<footer><p>English (United States)</p></footer>
</body>
</html>
`;
}
