import { fixture } from '../../test/setup/jpeg-segments.js'
import {
  bomb,
  jpeg,
  nestedAvif,
  withChunks,
  withLateSize,
  withManyScans,
  withManySegments,
} from '../../test/setup/pictures.js'
import { sharp } from './decoders.js'
import { HEAD_BYTES } from './jobs.js'
import { judgeHead } from './judge-head.js'

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a84' }, limitInputPixels: false })
const refusalOf = async (bytes: Buffer) => (await judgeHead(bytes.subarray(0, HEAD_BYTES))).refusal

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
    expect(await judgeHead(await encode(canvas(300, 200)).toBuffer())).toEqual({ found: type, refusal: null })
  })

  it.each([
    ['a text', Buffer.from('hello '.repeat(1000))],
    ['nothing', Buffer.alloc(0)],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')],
    ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
    ['a PDF', Buffer.from(`%PDF-1.7\n${'x'.repeat(5000)}`)],
    ['a web page behind a JPEG’s name', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ])('%s is refused', async (_, head) => {
    expect(await refusalOf(head)).toBe('unsupported')
  })

  it('refuses more than 50 megapixels without decoding them', async () => {
    expect(await refusalOf(bomb(8000, 6400))).toBe('too-many-pixels')
    expect(await refusalOf(webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f]))).toBe('too-many-pixels')
    expect(await refusalOf(webp('VP8L', [0x2f, 0xff, 0xff, 0xff, 0x0f]))).toBe('too-many-pixels')
    expect(await refusalOf(webp('VP8X', [0, 0, 0, 0, 0xff, 0xff, 0, 0xff, 0xff, 0]))).toBe('too-many-pixels')
  })

  it('refuses what moves, and what is damaged from its beginning', async () => {
    expect(await refusalOf(webp('VP8X', [0b10, 0, 0, 0, 9, 0, 0, 9, 0, 0]))).toBe('animated')
    expect(await refusalOf((await jpeg()).subarray(0, 100))).toBe('damaged')
  })

  it.each([
    ['animated.avif', 'animated'],
    ['animated.png', 'animated'],
    ['mif1.avif', null],
  ])('judges %s by what it holds', async (name, refusal) => {
    expect(await refusalOf(await fixture(name))).toBe(refusal)
    const other = Buffer.from((await fixture(name)).toString('latin1').replace('ftypavis', 'ftypavif'), 'latin1')
    expect(await refusalOf(other)).toBe(refusal)
  })

  it('leaves to the worker what has its size further back', async () => {
    expect(await refusalOf(withLateSize(await jpeg()))).toBeNull()
  })

  it.each([
    ['a JPEG of 20,000 scans', () => withManyScans(20_000)],
    ['a JPEG of 20,000 tables', async () => withManySegments(await jpeg(), 20_000)],
    ['a PNG of 100,000 chunks', async () => withChunks(bomb(10, 10), 'IDAT', Array(100_000).fill(Buffer.alloc(0)))],
    ['a PNG whose profile unpacks to much', async () => withChunks(bomb(10, 10), 'iCCP', [Buffer.alloc(9_000_000)])],
    ['an AVIF of 5,000 boxes in each other', async () => nestedAvif(5_000)],
    ['a WebP of 20,000 chunks', async () => Buffer.concat([webp('VP8L', [0x2f]), Buffer.alloc(200_000)])],
  ])('refuses %s', async (_, make) => {
    expect(await refusalOf(await make())).toBe('too-complex')
  })

  it('takes what thorough encoders make', async () => {
    const progressive = await canvas(5000, 4000).jpeg({ progressive: true, optimizeScans: true }).toBuffer()
    const interlaced = await canvas(3000, 2000).png({ progressive: true }).toBuffer()
    for (const bytes of [progressive, interlaced, await withManyScans(60, 1000, 800)])
      expect(await refusalOf(bytes)).toBeNull()
  })

  it('sees that a PNG moves, however far behind its texts', async () => {
    const text = Buffer.concat([Buffer.from('Comment\0'), Buffer.alloc(1000, 0x20)])
    const moving = withChunks(withChunks(bomb(10, 10), 'acTL', [Buffer.alloc(8)]), 'tEXt', Array(100).fill(text))
    expect(await refusalOf(moving)).toBe('animated')
  })
})
