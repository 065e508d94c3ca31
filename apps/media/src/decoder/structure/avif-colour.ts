import { boxesOf } from './avif-structure.js'

const VERSION_BYTES = 4

/** The code points of the colours of its primary item (ITU-T H.273), where they are told by numbers; read from its box `meta`. */
export function colourCodesOf(file: Buffer): [number, number] | undefined {
  const meta = contentOf(file, 'meta')?.subarray(VERSION_BYTES)
  const properties = meta && contentOf(meta, 'iprp')
  const [primary, container] = [meta && contentOf(meta, 'pitm'), properties && contentOf(properties, 'ipco')]
  if (!properties || !primary || !container || primary.length < 6) return undefined
  const id = primary[0] === 0 ? primary.readUInt16BE(4) : primary.readUIntBE(4, Math.min(4, primary.length - 4))
  const mine = indicesOf(contentOf(properties, 'ipma'), id)
  let index = 0
  for (const { type, content } of boxesOf(container))
    if (mine.has(++index) && type === 'colr' && content.length >= 8 && content.toString('latin1', 0, 4) === 'nclx')
      return [content.readUInt16BE(4), content.readUInt16BE(6)]
  return undefined
}

function contentOf(file: Buffer, wanted: string): Buffer | undefined {
  for (const { type, content } of boxesOf(file)) if (type === wanted) return content
  return undefined
}

/** The properties of an item, counted from one (ISO 23008-12 §9.3.1). */
function indicesOf(associations: Buffer | undefined, wanted: number): Set<number> {
  const found = new Set<number>()
  const [version = 0, , , flags = 0] = associations ?? []
  const [idBytes, indexBytes] = [version === 0 ? 2 : 4, 1 + (flags & 1)]
  const most = indexBytes === 1 ? 0x7f : 0x7fff
  for (let at = VERSION_BYTES + 4; associations && at + idBytes < associations.length;) {
    const [id, count] = [associations.readUIntBE(at, idBytes), associations[at + idBytes]!]
    at += idBytes + 1
    for (let n = 0; n < count && at + indexBytes <= associations.length; n++, at += indexBytes)
      if (id === wanted) found.add(associations.readUIntBE(at, indexBytes) & most)
  }
  return found
}
