# An SPDX 2.3 document from what scripts/release.d/components.sh tells of each binary.
def id(kind; name): "SPDXRef-\(kind)-\(name | gsub("[^A-Za-z0-9.]"; "-"))";
def relation(from; type; to): {spdxElementId: from, relationshipType: type, relatedSpdxElement: to};

def package(name; version; license; copyright; more):
  {SPDXID: id("Package"; name + "-" + version), name: name, versionInfo: version, downloadLocation: "NOASSERTION",
   filesAnalyzed: false, licenseConcluded: license, licenseDeclared: license, copyrightText: copyright} + more;

def musl: package("musl"; .; "MIT"; "Copyright (c) 2005-2020 Rich Felker, et al.";
  {summary: "The parts of libc.a that the linker took, from this version of Debian's package."});
def gcc: package("gcc"; .; "GPL-3.0-or-later WITH GCC-exception-3.1"; "Free Software Foundation, Inc.";
  {summary: "Templates of libstdc++'s headers; members of libgcc.a only in the files that name them."});

def file:
  {SPDXID: id("File"; .name), fileName: "./\(.name)", fileTypes: ["BINARY"],
   checksums: [{algorithm: "SHA1", checksumValue: .sha1}, {algorithm: "SHA256", checksumValue: .sha256}],
   licenseConcluded: "MIT AND GPL-3.0-or-later WITH GCC-exception-3.1", licenseInfoInFiles: ["NOASSERTION"],
   copyrightText: "NOASSERTION",
   comment: (if .libgcc == "" then "Nothing of libgcc.a is linked." else "Linked from libgcc.a: \(.libgcc)" end)};

. as $binaries
| package("foster"; $version; "MIT"; "Copyright (c) 2026 the foster authors";
    {sourceInfo: "git commit \($commit)", primaryPackagePurpose: "APPLICATION"}) as $foster
| {spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT", name: "foster-\($version)",
   documentNamespace: "urn:foster:\($version):\($commit)",
   creationInfo: {created: $created, creators: ["Tool: scripts/release", "Organization: the foster authors"]},
   packages: ([$foster] + ([$binaries[].musl] | unique | map(musl)) + ([$binaries[].gcc] | unique | map(gcc))),
   files: ($binaries | map(file)),
   relationships:
     ([relation("SPDXRef-DOCUMENT"; "DESCRIBES"; $foster.SPDXID)] +
      ($binaries | map(
        relation($foster.SPDXID; "GENERATES"; file.SPDXID),
        relation(file.SPDXID; "STATIC_LINK"; .musl | musl.SPDXID),
        relation(file.SPDXID; "STATIC_LINK"; .gcc | gcc.SPDXID))))}
