// After the last test of a package: a process that does not end by itself says what keeps it.
const LINGERING_MS = 20_000

export default function tellWhatIsOpen() {
  setTimeout(
    () => process.stderr.write(`The tests have ended, and this is still open:\n${open().join('\n')}\n`),
    LINGERING_MS,
  ).unref()
}

/** Sockets, servers and child processes by what they are connected to, and all else by its kind. */
function open() {
  const handles = process._getActiveHandles().filter(({ fd }) => !(fd <= 2))
  return [...handles.map(describe), process.getActiveResourcesInfo().join(', ')].map((line) => `  ${line}`)
}

function describe(handle) {
  const { constructor, spawnargs, remoteAddress, remotePort, pending } = handle
  if (spawnargs) return `process ${handle.pid}: ${spawnargs.join(' ')}`
  if (handle.listening) return `server ${JSON.stringify(handle.address())}`
  return `${constructor.name} ${remoteAddress}:${remotePort}${pending ? ', connecting' : ''}`
}
