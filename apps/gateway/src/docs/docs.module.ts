import { Module } from '@nestjs/common'
import { PagesModule } from '../pages/pages.module.js'
import { DocsController } from './docs.controller.js'
import { SchemaRegistryController } from './schema-registry.controller.js'

@Module({ imports: [PagesModule], controllers: [DocsController, SchemaRegistryController] })
export class DocsModule {}
