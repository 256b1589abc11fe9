// Reads texts from standard input, as a JSON list, and writes for each of them which
// works it holds: {title, year, names}, a name as "particle family/given".
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')
require('@citation-js/plugin-csl')

const name = n => [[n['non-dropping-particle'], n.family, n.literal].filter(Boolean).join(' '), n.given].filter(Boolean).join('/')
const work = w => ({ title: w.title, year: w.issued ? Number(w.issued['date-parts'][0][0]) : 0, names: (w.author || []).map(name) })
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'))
process.stdout.write(JSON.stringify(texts.map(text => new Cite(text).data.map(work))))
