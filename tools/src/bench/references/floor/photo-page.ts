type Fields = Readonly<Record<string, unknown>>

const SIZES = [320, 1080, 2048]

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const text = (value: unknown) =>
  (typeof value === 'string' || typeof value === 'number' ? String(value) : '').replace(
    /[&<>"']/g,
    (letter) => escapes[letter]!,
  )

/** The page of a photo, without what no visitor would miss. */
export function photoPage(photo: Fields, owner: Fields, views: Fields): string {
  const [id, title] = [text(photo['_id']), text(photo['title'])]
  const sources = SIZES.map((size) => `/media/${id}/${size}.jpg ${size}w`).join(', ')
  const tags = ((photo['tags'] as string[] | undefined) ?? []).map(
    (tag) => `<li><a href="/explore?tag=${text(encodeURIComponent(tag))}">${text(tag)}</a></li>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/assets/site.css">
<meta property="og:title" content="${title}"><meta property="og:image" content="/media/${id}/1080.jpg"></head>
<body><header><a href="/">Million Pictures</a><nav><a href="/explore">Explore</a></nav></header>
<main><figure><img src="/media/${id}/1080.jpg" srcset="${sources}" alt="${text(photo['altText'])}">
<figcaption><h1>${title}</h1><p>${text(photo['description'])}</p></figcaption></figure>
<p>by <a href="/@${text(owner['handle'])}">${text(owner['fullName'])}</a></p><ul>${tags.join('')}</ul>
<p>${text(views['total'])} views by ${text(views['unique'])} people</p></main>
<footer><a href="/policies/privacy">Privacy</a></footer></body></html>`
}
