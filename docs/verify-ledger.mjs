// node verify-ledger.mjs HISTORY KEYS ACCOUNT_ID [PROOF…] checks a person's ledger with nothing of ours. HISTORY: `GET
// /v1/me/consents/history`, its pages joined; KEYS: `/.well-known/receipt-keys.json`; PROOF: `GET /v1/me/consents/proofs/{receiptId}`.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

const FIRST = ['accountId', 'sequence', 'receiptId', 'purpose', 'granted', 'noticeVersion', 'changedAt', 'previousHash']
const TOLD = ['receiptId', 'changedAt', 'purpose', 'granted', 'noticeVersion']
const sorted = (_, v) => (v instanceof Object && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v)
const sha256 = (text) => createHash('sha256').update(text).digest('base64url')
const hashOf = (value) => sha256(JSON.stringify(value, sorted))

function isSound({ payload, ...entry }, before, i, accountId) {
  const { version, kind, salt, signature, keyId } = entry
  const [sequence, day, previousHash] = [i + 1, payload.changedAt.slice(0, 10), before?.hash ?? null]
  const commitment = version === 2 ? hashOf([salt, payload]) : null
  const first = FIRST.map((name) => ({ ...payload, sequence, previousHash })[name])
  const hash = hashOf(version === 2 ? [2, sequence, kind, day, previousHash, commitment] : first)
  const told = Object.fromEntries(TOLD.map((name) => [name, payload[name] ?? null]))
  const chained = { version, sequence, kind, day, previousHash, commitment, salt, hash, signature, keyId }
  const isFirst = version === 1 && kind === 'consent' && salt === null && Object.keys(payload).length === 6
  const isOfAccount = payload.accountId === accountId && (version === 2 || isFirst)
  return isOfAccount && isDeepStrictEqual(entry, { ...chained, ...told })
}

function isSigned({ hash, signature, keyId }, keys) {
  const key = createPublicKey({ key: keys.find(({ kid }) => kid === keyId), format: 'jwk' })
  const bytes = Buffer.from(signature, 'base64url')
  const isSpelled = bytes.toString('base64url') === signature
  return isSpelled && verify('sha256', hash, { key, dsaEncoding: 'ieee-p1363' }, bytes)
}

function isProven(items, { day, sequence, head, path, previousRoot, root, entries }) {
  const pair = (hash, { side, hash: other }) => (side === 'left' ? `${other}:${hash}` : `${hash}:${other}`)
  const tree = path.reduce((hash, step) => sha256(`node:${pair(hash, step)}`), sha256(`leaf:${head}`))
  return items[sequence - 1]?.hash === head && root === sha256(`root:${day}:${previousRoot ?? ''}:${tree}:${entries}`)
}

const passes = (check) => {
  try {
    return check()
  } catch {
    return false
  }
}

/** The first entry that is not as it was signed, or the day whose proof fails; undefined: all is sound. */
export function faultIn(items, keys, accountId, proofs = []) {
  const isGood = (entry, i) => passes(() => isSound(entry, items[i - 1], i, accountId) && isSigned(entry, keys))
  const broken = items.findIndex((entry, i) => !isGood(entry, i))
  if (broken !== -1) return broken + 1
  const unproven = proofs.find((proof) => !passes(() => isProven(items, proof)))
  return unproven && (unproven.day || 'a proof')
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [history, keys, accountId, ...proofs] = process.argv.slice(2)
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
  const fault = faultIn(read(history).items, read(keys).keys, accountId, proofs.map(read))
  console.log(fault === undefined ? 'sound' : `broken: ${fault}`)
  process.exitCode = fault === undefined ? 0 : 1
}
