import { crc32 } from 'node:zlib'

/** A share of all pages: those whose hash ends in these bits. */
export interface Bucket {
  readonly bits: number
  readonly value: number
}

export const EVERY_PAGE: Bucket = { bits: 0, value: 0 }

export const isIn = ({ bits, value }: Bucket, page: string): boolean => crc32(page) % 2 ** bits === value

export const halvesOf = ({ bits, value }: Bucket): [Bucket, Bucket] => [
  { bits: bits + 1, value },
  { bits: bits + 1, value: value + 2 ** bits },
]
