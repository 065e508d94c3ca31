import Encoder from 'kafkajs/src/protocol/encoder.js'

/**
 * kafkajs 2.2.4 gives every header of every record a zeroed buffer of 512 bytes outside of the heap, and every length an array
 * and a buffer: most of what encoding costs is making and collecting them. Up to 64 bytes lie within V8's heap, where
 * nearly all headers fit; what grows beyond comes from Node's pool. What is encoded stays the same, byte for byte.
 */
const ITS_SIZE = 511
const WITHIN_HEAP = 64
const GROWN = 512
const { nextPowerOfTwo } = Encoder

Encoder.nextPowerOfTwo = (size) => (size === ITS_SIZE ? WITHIN_HEAP : nextPowerOfTwo(size))

Encoder.prototype.ensureAvailable = function (this: Encoder, length) {
  const needed = this.offset + length
  if (needed <= this.buf.length) return
  // all that is read of it has been written before
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
