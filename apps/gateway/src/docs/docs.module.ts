import { Module } from '@nestjs/common'
import { PagesModule } from '../pages/pages.module.js'
import { DocsController } from './docs.controller.js'

@Module({ imports: [PagesModule], controllers: [DocsController] })
export class DocsModule {}
