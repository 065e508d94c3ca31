import { Connection, type DataEntry, nameOfStore, PersonalData } from '@mpics/mongo'
import { type CommonConfig, type ConfigClass, createApp, createLogger } from '@mpics/service-kit'
import type { System } from '@mpics/tools/environment/system/system'
import type { Registers } from '@mpics/tools/generate/inventory'
import { type Service, serviceNames } from '@mpics/tools/environment/system/services'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import type { Type } from '@nestjs/common'

export interface OpenService {
  name: Service
  app: NestFastifyApplication
  connection: Connection
  register: PersonalData
}

/** One more replica of each service that has a database, in this process; it serves neither requests nor events. */
export async function openServices({ services }: System): Promise<OpenService[]> {
  const withDatabase = serviceNames.filter((name) => services[name].env['MONGODB_URI'])
  return Promise.all(withDatabase.map((name) => open(name, services[name].env)))
}

const isOfLibs = ({ store }: DataEntry) => nameOfStore(store).startsWith('_')

/** What they state, apart what every service with a database states. */
export function registersOf(services: readonly OpenService[]): Registers {
  const [{ register }] = services as [OpenService]
  return {
    own: services.map(({ name, register }) => [name, register.entries().filter((entry) => !isOfLibs(entry))]),
    ofLibs: register.entries().filter(isOfLibs),
    shared: register.sharedFields(),
  }
}

async function open(name: Service, env: NodeJS.ProcessEnv): Promise<OpenService> {
  const folder = `../../apps/${name}/src`
  const module = exportedAs<Type>('Module', await import(`${folder}/${name}.module.js`))
  const Config = exportedAs<ConfigClass<CommonConfig>>('Config', await import(`${folder}/config.js`))
  const app = await createApp(module, new Config(env), createLogger(name, 'error'))
  await app.init()
  const get = <T>(type: Type<T>) => app.get<T>(type, { strict: false })
  return { name, app, connection: get(Connection as unknown as Type<Connection>), register: get(PersonalData) }
}

const exportedAs = <T>(ending: string, exported: Record<string, unknown>): T =>
  Object.entries(exported).find(([name]) => name.endsWith(ending))![1] as T
