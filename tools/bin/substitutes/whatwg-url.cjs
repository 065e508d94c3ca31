// MongoDB's driver parses connection strings by a package that brings tables of all domain names; Node's own URL is by the same standard.
module.exports = { URL, URLSearchParams }
