import { Module } from '@nestjs/common'
import { Clients } from './clients.js'
import { Countries } from './countries.js'

@Module({ providers: [Clients, Countries], exports: [Clients, Countries] })
export class ClientsModule {}
