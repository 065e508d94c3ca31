import { type DynamicModule, Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common'
import { Connection } from './mongo-connection.js'
import { PersonalData } from './personal-data.js'
import { closeMongo, connectMongo, type MongoOptions } from './connection.js'

@Injectable()
class MongoShutdown implements OnApplicationShutdown {
  constructor(private readonly connection: Connection) {}

  async onApplicationShutdown(): Promise<void> {
    await closeMongo(this.connection)
  }
}

/** Provides mongoose's `Connection` and the register of personal data, by their classes. */
@Global()
@Module({})
export class MongoModule {
  static forRoot(uri: string, options: MongoOptions = {}): DynamicModule {
    return {
      module: MongoModule,
      providers: [{ provide: Connection, useFactory: () => connectMongo(uri, options) }, MongoShutdown, PersonalData],
      exports: [Connection, PersonalData],
    }
  }
}
