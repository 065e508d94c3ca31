/** Numbers of system calls by architecture (the kernel's unistd.h). */
interface SystemCalls {
  /** As the kernel names the architecture to a filter (linux/audit.h). */
  architecture: number
  prctl: number
  prlimit: number
  refused: readonly number[]
}

/** io_uring, pidfd and process_madvise have one number everywhere. */
const EVERYWHERE = [424, 425, 426, 427, 434, 438, 440]

/**
 * What decoding never needs: sockets; signals to and looks into other processes, their priorities and processors; namespaces and
 * mounts; the kernel's own machines (bpf, perf, keys, userfaultfd, handles of files).
 */
const BY_ARCHITECTURE: Partial<Record<NodeJS.Architecture, SystemCalls>> = {
  x64: {
    architecture: 0xc000003e,
    prctl: 157,
    prlimit: 302,
    refused: [
      ...[41, 42, 43, 49, 50, 53, 288],
      ...[62, 129, 200, 234, 297, 101, 310, 311, 312, 141, 142, 144, 203],
      ...[155, 161, 165, 166, 272, 308],
      ...[248, 249, 250, 298, 304, 321, 323],
      ...EVERYWHERE,
    ],
  },
  arm64: {
    architecture: 0xc00000b7,
    prctl: 167,
    prlimit: 261,
    refused: [
      ...[198, 203, 202, 200, 201, 199, 242],
      ...[129, 138, 130, 131, 240, 117, 270, 271, 272, 140, 118, 119, 122],
      ...[41, 51, 40, 39, 97, 268],
      ...[217, 218, 219, 241, 265, 280, 282],
      ...EVERYWHERE,
    ],
  },
}

const [LOAD, EQUAL, AT_LEAST, RETURN] = [0x20, 0x15, 0x35, 0x06]
const [ALLOW, KILL, REFUSE] = [0x7fff0000, 0x80000000, 0x00050000 | 13 /* EACCES */]
/** Calls of the x32 ABI, which x86-64 kernels may take, have other numbers. */
const X32 = 0x40000000

export const systemCalls = (architecture: NodeJS.Architecture = process.arch): SystemCalls | undefined =>
  process.platform === 'linux' ? BY_ARCHITECTURE[architecture] : undefined

/** A seccomp filter (classic BPF): refuses the calls above, kills a process of another architecture, allows the others. */
export function filterOf({ architecture, refused }: SystemCalls): Buffer {
  const instruction = (code: number, value: number, ifTrue = 0, ifFalse = 0) => {
    const bytes = Buffer.alloc(8)
    bytes.writeUInt16LE(code)
    bytes.writeUInt8(ifTrue, 2)
    bytes.writeUInt8(ifFalse, 3)
    bytes.writeUInt32LE(value, 4)
    return bytes
  }
  return Buffer.concat([
    instruction(LOAD, 4),
    instruction(EQUAL, architecture, 1),
    instruction(RETURN, KILL),
    instruction(LOAD, 0),
    instruction(AT_LEAST, X32, refused.length + 1),
    ...refused.map((call, at) => instruction(EQUAL, call, refused.length - at)),
    instruction(RETURN, ALLOW),
    instruction(RETURN, REFUSE),
  ])
}
