import Encoder from 'kafkajs/src/protocol/encoder.js'

/**
 * kafkajs 2.2.4 allocates 512 bytes outside of the heap for every header; making and collecting them is most of encoding's cost.
 * Up to 64 bytes stay within V8's heap, and larger ones come from Node's pool; the output is the same, byte for byte.
 */
const ITS_SIZE = 511
const WITHIN_HEAP = 64
const GROWN = 512
const { nextPowerOfTwo } = Encoder

Encoder.nextPowerOfTwo = (size) => (size === ITS_SIZE ? WITHIN_HEAP : nextPowerOfTwo(size))

Encoder.prototype.ensureAvailable = function (this: Encoder, length) {
  const needed = this.offset + length
  if (needed <= this.buf.length) return
  // the encoder has written every byte that it will read
  const grown = Buffer.allocUnsafe(Math.max(GROWN, nextPowerOfTwo(needed)))
  this.buf.copy(grown, 0, 0, this.offset)
  this.buf = grown
}

const MAX_VARINT_BYTES = 5

Encoder.prototype.writeUVarInt = function (this: Encoder, value) {
  this.ensureAvailable(MAX_VARINT_BYTES)
  let left = value >>> 0
  for (; left > 0x7f; left >>>= 7) this.buf[this.offset++] = (left & 0x7f) | 0x80
  this.buf[this.offset++] = left
  return this
}
