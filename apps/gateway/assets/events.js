// Shows the events in which every word that was typed is found. The page says everything without it.
const box = document.querySelector('#find')
const said = document.querySelector('#found')
const events = [...document.querySelectorAll('.event')].map((article) => ({
  article,
  words: article.textContent.toLowerCase(),
}))

const show = () => {
  const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean)
  for (const { article, words } of events) article.hidden = !wanted.every((word) => words.includes(word))
  for (const topic of document.querySelectorAll('.topic')) topic.hidden = !topic.querySelector('.event:not([hidden])')
  const count = events.filter(({ article }) => !article.hidden).length
  said.textContent = wanted.length === 0 ? `${count} events` : `${count} of ${events.length} events`
}

box.closest('.find').hidden = false
box.addEventListener('input', show)
show()
