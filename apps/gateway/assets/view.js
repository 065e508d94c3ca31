// Says that this page was shown. Nothing else on the site needs a script.
const say = async () => {
  await fetch('/v1/page-views/cookie').catch(() => undefined)
  await fetch('/v1/page-views', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ page: location.pathname, referrer: document.referrer || undefined }),
    keepalive: true,
  }).catch(() => undefined)
}

// A page that is rendered ahead is shown later, or never.
if (document.prerendering) document.addEventListener('prerenderingchange', say, { once: true })
else say()
