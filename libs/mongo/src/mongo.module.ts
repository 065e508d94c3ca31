import { type DynamicModule, Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common'
import { Connection } from './mongo-connection.js'
import { CursorSeal } from './cursor.js'
import { sealOf } from './cursor-seals.js'
import { PersonalData } from './personal-data.js'
import { Restores } from './restores.js'
import { closeMongo, connectMongo, type MongoOptions } from './connection.js'

@Injectable()
class MongoShutdown implements OnApplicationShutdown {
  constructor(private readonly connection: Connection) {}

  async onApplicationShutdown(): Promise<void> {
    await closeMongo(this.connection)
  }
}

/** Provides mongoose's `Connection`, the seal of cursors and the register of personal data, by their classes. */
@Global()
@Module({})
export class MongoModule {
  static forRoot(uri: string, options: MongoOptions = {}): DynamicModule {
    return {
      module: MongoModule,
      providers: [
        { provide: Connection, useFactory: () => connectMongo(uri, options) },
        { provide: CursorSeal, useFactory: sealOf, inject: [Connection] },
        MongoShutdown,
        PersonalData,
        Restores,
      ],
      exports: [Connection, CursorSeal, PersonalData, Restores],
    }
  }
}
