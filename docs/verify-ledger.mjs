// node verify-ledger.mjs HISTORY KEYS ACCOUNT_ID [PROOF…] checks a person's ledger with nothing of ours. HISTORY: `GET
// /v1/me/consents/history`, its pages joined; KEYS: `/.well-known/receipt-keys.json`; PROOF: `GET /v1/me/consents/proofs/{receiptId}`.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const FIRST = ['accountId', 'sequence', 'receiptId', 'purpose', 'granted', 'noticeVersion', 'changedAt', 'previousHash']
const TOLD = ['receiptId', 'changedAt', 'purpose', 'granted', 'noticeVersion']
const sorted = (_, v) => (v instanceof Object && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v)
const hashOf = (value) => createHash('sha256').update(JSON.stringify(value, sorted)).digest('base64url')
const textHashOf = (text) => createHash('sha256').update(text).digest('base64url')

function isSound({ payload, ...entry }, before, i, accountId) {
  const { version, sequence, kind, day, previousHash, commitment, salt, hash } = entry
  const told = TOLD.every((name) => entry[name] === (payload[name] ?? null)) && day === payload.changedAt.slice(0, 10)
  if (!told || payload.accountId !== accountId || Object.keys(entry).length !== 15) return false
  if (sequence !== i + 1 || previousHash !== (before?.hash ?? null)) return false
  if (version === 2 && commitment !== hashOf([salt, payload])) return false
  if (version === 2) return hash === hashOf([2, sequence, kind, day, previousHash, commitment])
  const only = kind === 'consent' && salt === null && commitment === null && Object.keys(payload).length === 6
  return version === 1 && only && hash === hashOf(FIRST.map((name) => ({ ...payload, sequence, previousHash })[name]))
}

function isSigned({ hash, signature, keyId }, keys) {
  const key = createPublicKey({ key: keys.find(({ kid }) => kid === keyId), format: 'jwk' })
  const bytes = Buffer.from(signature, 'base64url')
  const spelled = bytes.toString('base64url') === signature
  return spelled && verify('sha256', hash, { key, dsaEncoding: 'ieee-p1363' }, bytes)
}

function isProven(items, { day, sequence, head, path, previousRoot, root, entries }) {
  const pair = (hash, step) => (step.side === 'left' ? `${step.hash}:${hash}` : `${hash}:${step.hash}`)
  const tree = path.reduce((hash, step) => textHashOf(`node:${pair(hash, step)}`), textHashOf(`leaf:${head}`))
  return (
    items[sequence - 1]?.hash === head && root === textHashOf(`root:${day}:${previousRoot ?? ''}:${tree}:${entries}`)
  )
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
  return broken === -1 ? proofs.find((proof) => !isProven(items, proof))?.day : broken + 1
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
  const [history, keys, accountId, ...proofs] = process.argv.slice(2)
  const fault = faultIn(read(history).items, read(keys).keys, accountId, proofs.map(read))
  console.log(fault === undefined ? 'sound' : `broken: ${fault}`)
  process.exitCode = fault === undefined ? 0 : 1
}
