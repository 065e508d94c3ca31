import { bomb, jpeg, withLateSize } from '../../test/setup/pictures.js'
import { sharp } from '../renditions/decoders.js'
import { checkHead, HEAD_BYTES } from './check-head.js'
import { peek } from './peek.js'

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a84' }, limitInputPixels: false })
const codeOf = (head: Buffer) =>
  checkHead(head).then(
    () => 'accepted',
    (error: { code?: string }) => error.code,
  )

/** The first bytes of a WebP, as far as its header goes. */
function webp(chunk: string, payload: number[]): Buffer {
  const head = Buffer.alloc(64)
  head.write('RIFF\0\0\0\0WEBP', 'latin1')
  head.write(chunk, 12, 'latin1')
  Buffer.from(payload).copy(head, 20)
  return head
}

describe('the head of an upload', () => {
  it.each([
    ['image/jpeg', (s: ReturnType<typeof canvas>) => s.jpeg()],
    ['image/png', (s: ReturnType<typeof canvas>) => s.png()],
    ['image/webp', (s: ReturnType<typeof canvas>) => s.webp()],
    ['image/webp', (s: ReturnType<typeof canvas>) => s.webp({ lossless: true })],
    ['image/avif', (s: ReturnType<typeof canvas>) => s.avif({ effort: 0 })],
  ])('%s is accepted by its content', async (type, encode) => {
    expect(await checkHead(await encode(canvas(300, 200)).toBuffer())).toBe(type)
  })

  it.each([
    ['a text', Buffer.from('hello '.repeat(1000))],
    ['nothing', Buffer.alloc(0)],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')],
    ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['a PDF', Buffer.from(`%PDF-1.7\n${'x'.repeat(5000)}`)],
    ['a web page behind a JPEG’s name', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ])('%s is refused', async (_, head) => {
    expect(await codeOf(head)).toBe('media.unsupported-type')
  })

  it('refuses more than 50 megapixels without decoding them', async () => {
    expect(await codeOf(bomb(8000, 6400))).toBe('media.too-many-pixels')
    expect(await codeOf(webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f]))).toBe(
      'media.too-many-pixels',
    )
    expect(await codeOf(webp('VP8L', [0x2f, 0xff, 0xff, 0xff, 0x0f]))).toBe('media.too-many-pixels')
    expect(await codeOf(webp('VP8X', [0, 0, 0, 0, 0xff, 0xff, 0, 0xff, 0xff, 0]))).toBe('media.too-many-pixels')
  })

  it('refuses what moves, and what is damaged from its beginning', async () => {
    expect(await codeOf(webp('VP8X', [0b10, 0, 0, 0, 9, 0, 0, 9, 0, 0]))).toBe('media.animated')
    expect(await codeOf((await jpeg()).subarray(0, 100))).toBe('media.damaged')
  })

  it('leaves to the worker what has its size further back', async () => {
    const late = withLateSize(await jpeg())
    expect(await checkHead(late.subarray(0, HEAD_BYTES))).toBe('image/jpeg')
  })
})

describe('peek', () => {
  it('gives the head, and then all of the stream', async () => {
    const source = async function* () {
      for (const text of ['one', 'two', 'three']) yield Buffer.from(text)
    }
    const { head, all } = await peek(source(), 4)
    expect(head.toString()).toBe('onet')
    const read = []
    for await (const chunk of all) read.push(chunk)
    expect(Buffer.concat(read).toString()).toBe('onetwothree')
    expect((await peek(source(), 100)).head.toString()).toBe('onetwothree')
  })
})
