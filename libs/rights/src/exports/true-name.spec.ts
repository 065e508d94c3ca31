import { trueName } from './true-name.js'

describe('the name of a file', () => {
  it.each([
    ['photos/a.avif', 'image/jpeg', 'photos/a.jpg'],
    ['photos/a-b.png.avif', 'image/webp', 'photos/a-b.png.webp'],
    ['photos/a.jpg', 'image/jpeg', 'photos/a.jpg'],
    ['photos/a.jpg', 'application/octet-stream', 'photos/a.jpg'],
    ['photos/a.jpg', undefined, 'photos/a.jpg'],
    ['photos/a-Version 1.2', 'image/png', 'photos/a-Version 1.2'],
  ])('%s, which is %s, ends as its bytes are: %s', (name, type, named) => {
    expect(trueName(name, type)).toBe(named)
  })
})
