import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { eventually } from '@mpics/testing/eventually'
import { Live } from '../src/dev/live.js'
import { Supervised } from '../src/environment/processes/supervised.js'
import { nodeProgram, root } from '../src/environment/root.js'
import { freePorts } from '../src/environment/servers/ports.js'

const APP = (answer: string) => `import { createServer } from 'node:http'
import { greeting } from '../../../libs/words/dist/greeting.js'

export function answer(): string {
  return greeting + ${answer}
}

createServer((_, response) => response.end(answer())).listen(Number(process.env['PORT']), '127.0.0.1')
`
const LINE = 3

const project = (references: object[] = []) =>
  JSON.stringify({
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      rootDir: 'src',
      outDir: 'dist',
      tsBuildInfoFile: 'dist/tsconfig.build.tsbuildinfo',
      types: ['node'],
    },
    references,
    include: ['src/**/*.ts'],
  })

describe('npm run dev', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'mpics-dev-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), text)
  }
  const said: string[] = []
  let service: Supervised
  let live: Live
  let [port, inspector] = [0, 0]
  const answer = async () => (await fetch(`http://127.0.0.1:${port}/`)).text()

  beforeAll(async () => {
    ;[port, inspector] = (await freePorts(2)) as [number, number]
    write('package.json', '{"type":"module"}')
    symlinkSync(join(root, 'node_modules'), join(workspace, 'node_modules'))
    write('libs/words/src/greeting.ts', "export const greeting = 'hello '\n")
    write('libs/words/tsconfig.build.json', project())
    write('apps/tiny/src/main.ts', APP("'world'"))
    write('apps/tiny/tsconfig.build.json', project([{ path: '../../libs/words/tsconfig.build.json' }]))
    service = new Supervised({
      name: 'tiny',
      program: nodeProgram(),
      args: [`--inspect=127.0.0.1:${inspector}`, join(workspace, 'apps/tiny/dist/main.js')],
      env: { PORT: String(port) },
      logFile: join(workspace, 'logs/tiny.log'),
      ready: async () => (await fetch(`http://127.0.0.1:${port}/`)).ok,
    })
    live = new Live({ root: workspace, services: { tiny: service }, say: (line) => said.push(line) })
    await live.start()
    await eventually('the first build', async () => (await answer()) === 'hello world')
  })
  afterAll(async () => {
    await live?.stop()
    await service?.stop()
    rmSync(workspace, { recursive: true, force: true })
  })

  it('makes an edit live, of the service and of a library that it uses', async () => {
    write('apps/tiny/src/main.ts', APP("'people'"))
    await eventually('the edit', async () => (await answer()) === 'hello people')
    write('libs/words/src/greeting.ts', "export const greeting = 'good morning, '\n")
    await eventually('the edit of the library', async () => (await answer()) === 'good morning, people')
  })

  it('shows what does not compile, and leaves the old process alone', async () => {
    const { pid } = service
    write('apps/tiny/src/main.ts', APP('(7 as string)'))
    await eventually('the complaint', () => said.some((line) => /apps\/tiny\/src\/main\.ts.*TS2352/.test(line)))
    expect([service.pid, await answer()]).toEqual([pid, 'good morning, people'])
    write('apps/tiny/src/main.ts', APP("'friends'"))
    await eventually('the mended edit', async () => (await answer()) === 'good morning, friends')
  })

  it('stops at a breakpoint', async () => {
    expect(readFileSync(join(workspace, 'apps/tiny/dist/main.js'), 'utf8').split('\n')[LINE]).toContain('return')
    const debug = await Debugger.attach(inspector)
    await debug.ask('Debugger.enable')
    await debug.ask('Debugger.setBreakpointByUrl', { lineNumber: LINE, urlRegex: '.*apps/tiny/dist/main\\.js$' })
    const answered = answer()
    const paused = await eventually('the breakpoint', () => debug.heard('Debugger.paused'))
    expect(JSON.stringify(paused)).toContain('"functionName":"answer"')
    await debug.ask('Debugger.resume')
    expect(await answered).toBe('good morning, friends')
    debug.close()
  })
})

interface Message {
  id?: number
  method?: string
}

/** As a debugger does: by the inspector protocol. */
class Debugger {
  private readonly messages: Message[] = []
  private asked = 0

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => this.messages.push(JSON.parse(String(data)) as Message))
  }

  static async attach(port: number): Promise<Debugger> {
    const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      webSocketDebuggerUrl: string
    }[]
    const socket = new WebSocket(target!.webSocketDebuggerUrl)
    const debug = new Debugger(socket)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    return debug
  }

  heard = (method: string) => this.messages.find((message) => message.method === method)

  async ask(method: string, params: object = {}): Promise<Message> {
    const id = ++this.asked
    this.socket.send(JSON.stringify({ id, method, params }))
    return eventually(method, () => this.messages.find((message) => message.id === id))
  }

  close(): void {
    this.socket.close()
  }
}
