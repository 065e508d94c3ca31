/** Texts below this have a length of one byte, and mostly are ASCII: to write them here is faster than a call out of JavaScript. */
const SHORT = 64
const ASCII_END = 0x80
const FIRST_ROOM = 64 * 1024
/** As many bytes as a varint takes that holds an exact number. */
const VARINT_BYTES = 8
const BYTES_A_UNIT = 3
/** Of a record, of 64 to 8,191 bytes. */
const USUAL_LENGTH_BYTES = 2
const ABSENT = -1

export type Bytes = string | Buffer | null | undefined

/** Writes a message of Kafka’s protocol from its beginning to its end into one buffer, which grows. */
export class ByteWriter {
  room = Buffer.allocUnsafe(FIRST_ROOM)
  end = 0

  get bytes(): Buffer {
    return this.room.subarray(0, this.end)
  }

  int8(value: number): void {
    this.make(1)
    this.end = this.room.writeInt8(value, this.end)
  }

  int16(value: number): void {
    this.make(2)
    this.end = this.room.writeInt16BE(value, this.end)
  }

  int32(value: number): void {
    this.make(4)
    this.end = this.room.writeInt32BE(value, this.end)
  }

  int64(value: bigint): void {
    this.make(8)
    this.end = this.room.writeBigInt64BE(value, this.end)
  }

  /** Its length first, in 16 bits. */
  string(text: string | null): void {
    if (text === null) return this.int16(ABSENT)
    this.make(2 + BYTES_A_UNIT * text.length)
    this.end += 2
    const length = this.room.write(text, this.end)
    this.room.writeInt16BE(length, this.end - 2)
    this.end += length
  }

  /** Its length first, as a varint. */
  field(field: Bytes): void {
    if (field === null || field === undefined) this.varInt(ABSENT)
    else if (Buffer.isBuffer(field)) this.raw(field)
    else this.text(field)
  }

  /** In zigzag, so that small negative numbers are short. */
  varInt(value: number): void {
    this.make(VARINT_BYTES)
    this.put(value)
  }

  /** Leaves room for the length of what follows, and tells where that begins. */
  beginMeasured(): number {
    this.make(USUAL_LENGTH_BYTES)
    return (this.end += USUAL_LENGTH_BYTES)
  }

  /** Puts the length of what was written since before it, as a varint. */
  endMeasured(begin: number): void {
    const length = this.end - begin
    this.make(VARINT_BYTES)
    this.putBefore(begin, USUAL_LENGTH_BYTES, length)
  }

  private raw(bytes: Buffer): void {
    this.make(VARINT_BYTES + bytes.length)
    this.put(bytes.length)
    this.end += bytes.copy(this.room, this.end)
  }

  /** Nearly all texts are ASCII, which is as long in bytes. */
  private text(text: string): void {
    this.make(VARINT_BYTES + BYTES_A_UNIT * text.length)
    if (text.length < SHORT && this.isWrittenAsAscii(text)) return
    const foreseen = bytesOfVarInt(text.length)
    const begin = this.end + foreseen
    this.putBefore(begin, foreseen, this.room.write(text, begin))
  }

  private isWrittenAsAscii(text: string): boolean {
    const { room, end } = this
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code >= ASCII_END) return false
      room[end + 1 + at] = code
    }
    room[end] = 2 * text.length
    this.end += 1 + text.length
    return true
  }

  /** Moves the bytes from `begin` on if their length takes other room than was left for it. */
  private putBefore(begin: number, left: number, length: number): void {
    this.end = begin - left
    const taken = bytesOfVarInt(length)
    if (taken !== left) this.room.copyWithin(this.end + taken, begin, begin + length)
    this.put(length)
    this.end += length
  }

  private put(value: number): void {
    let left = value < 0 ? -2 * value - 1 : 2 * value
    for (; left >= ASCII_END; left = Math.floor(left / ASCII_END))
      this.room[this.end++] = (left % ASCII_END) + ASCII_END
    this.room[this.end++] = left
  }

  private make(more: number): void {
    const needed = this.end + more
    if (needed <= this.room.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.room.length))
    this.room.copy(larger, 0, 0, this.end)
    this.room = larger
  }
}

/** Of one that is not negative. */
function bytesOfVarInt(value: number): number {
  let bytes = 1
  for (let left = 2 * value; left >= ASCII_END; left = Math.floor(left / ASCII_END)) bytes++
  return bytes
}
