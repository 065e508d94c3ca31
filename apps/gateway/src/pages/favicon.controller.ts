import { readFileSync } from 'node:fs'
import { Controller, Get, Header, StreamableFile } from '@nestjs/common'
import { assetsFolder } from './assets.js'

const icon = readFileSync(`${assetsFolder}favicon.ico`)

/** Browsers, mail programs and crawlers ask for this address without having read a page. */
@Controller()
export class FaviconController {
  @Get('/favicon.ico')
  @Header('content-type', 'image/x-icon')
  @Header('cache-control', 'public, max-age=86400')
  favicon(): StreamableFile {
    return new StreamableFile(icon)
  }
}
