// swift-tools-version: 6.2
import PackageDescription

/// The same strictness everywhere, set once.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  // `any P` is written out, so that a dynamic call is seen where it is made.
  .enableUpcomingFeature("ExistentialAny"),
  // A file uses only what it imports itself.
  .enableUpcomingFeature("MemberImportVisibility"),
  // What a target imports is not part of what it offers.
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// Code apart from what describes it, and addresses packed: what a start reads of it, and a door keeps in
/// its memory, is 2.4 MB less. Packed addresses need glibc 2.36, which Debian 12 has.
let smallInMemory: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
    .when(configuration: .release))
]

let package = Package(
  name: "doorcheck",
  products: [
    .executable(name: "doorcheck", targets: ["doorcheck"]),
    // The tests alone preload it.
    .library(name: "BoxFaults", type: .dynamic, targets: ["CBoxFaults"]),
    // The benchmark alone preloads it.
    .library(name: "WorkCounts", type: .dynamic, targets: ["CWorkCounts"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
  ],
  targets: [
    // The way of a scan: bytes, scan, look-up, rules, verdict, panel, terminal.
    .target(name: "Admission", swiftSettings: strict),
    .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"])]),
    .target(name: "Scanner", dependencies: ["Admission", "CPCRE2"], swiftSettings: strict),
    .target(
      name: "Fourvenues",
      dependencies: [
        "Admission", "Waiting", asyncHTTPClient, deque, logging, nioCore, nioHTTP1, nioPosix,
        nioSSL,
      ],
      swiftSettings: strict),
    // Chance that can be repeated, for the sandbox, the benchmark and the tests.
    .target(name: "SeededRandom", swiftSettings: strict),
    // The one way to wait: for a value, until a deadline, until nobody wants it any more.
    .target(name: "Waiting", swiftSettings: strict),
    .target(
      name: "NightStore", dependencies: ["Admission", "Waiting", grdb], swiftSettings: strict),
    // What the program needs of the machine: clocks, the service manager, the journal, whole files.
    .target(name: "LinuxBox", dependencies: ["Admission"], swiftSettings: strict),
    .target(name: "CheckIn", dependencies: ["Admission", "Waiting", deque], swiftSettings: strict),
    // PostgreSQL's library, of which a door that is alone has nothing in its memory.
    .target(name: "CPostgres"),
    // The ledger that several doors share, in PostgreSQL.
    .target(
      name: "SharedLedger",
      dependencies: ["Admission", "CPostgres", "CheckIn", "Formatting", "Waiting"],
      swiftSettings: strict),
    // Texts that are safe to show or to hand on: cleaned, aligned, as JSON or HTML, local times.
    .target(name: "Formatting", swiftSettings: strict),
    .target(name: "DoorScreen", dependencies: ["Admission", "Formatting"], swiftSettings: strict),
    .target(
      name: "DoorConfiguration",
      dependencies: [
        "Admission", "CCrypt", "CPostgres", "DoorScreen", "Formatting", "Scanner", yams,
      ],
      swiftSettings: strict),
    .target(
      name: "NightReport", dependencies: ["Admission", "Formatting", "NightStore"],
      swiftSettings: strict),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
    .target(name: "CCrashGuard"),
    .target(
      name: "Terminal",
      dependencies: [
        "Admission", "CCrashGuard", "CNcurses", "DoorScreen", "Formatting", "LinuxBox",
      ],
      swiftSettings: strict),
    .target(name: "CProgramStart"),
    .systemLibrary(name: "CQRencode", providers: [.apt(["libqrencode-dev"])]),
    .target(name: "Barcode", dependencies: ["CQRencode"], swiftSettings: strict),
    .target(
      name: "SandboxVenue",
      dependencies: ["SeededRandom", hummingbird, logging, nioCore, nioPosix],
      resources: [.embedInCode("Samples")], swiftSettings: strict),
    // The door as it runs: screen and `scan`, background work, kiosk, staff cards.
    .target(
      name: "Door",
      dependencies: [
        "Admission", "Barcode", "CProgramStart", "CheckIn", "DoorConfiguration", "DoorScreen",
        "Formatting", "Fourvenues", "LinuxBox", "NightStore", "Scanner", "SharedLedger", "Terminal",
        "Waiting", deque, logging,
      ],
      swiftSettings: strict),
    // `check` and `calibrate`: what is to be seen to before the doors open.
    .target(
      name: "Readiness",
      dependencies: [
        "Admission", "Barcode", "CheckIn", "Door", "DoorConfiguration", "DoorScreen", "Formatting",
        "Fourvenues", "LinuxBox", "NightStore", "Scanner", "SharedLedger", "Terminal",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "doorcheck",
      dependencies: [
        "Admission", "Barcode", "CProgramStart", "CheckIn", "Door", "DoorConfiguration",
        "DoorScreen",
        "Formatting", "Fourvenues", "LinuxBox", "NightReport", "NightStore", "Readiness",
        "SandboxVenue", "Scanner", "SharedLedger", "Terminal", "Waiting", argumentParser,
      ],
      swiftSettings: strict, linkerSettings: smallInMemory),

    // Counts what a program does that it is preloaded into, for the benchmark.
    .target(name: "CWorkCounts"),
    // The benchmark: drives the built program through a terminal, beside its yardsticks.
    .executableTarget(
      name: "doorbench",
      dependencies: [
        "Admission", "CheckIn", "NightStore", "PostgresServer", "ScreenReader", "SeededRandom",
        "SharedLedger", argumentParser, asyncHTTPClient, grdb, nioCore, nioHTTP1,
      ],
      swiftSettings: strict),

    // What several tests share.
    .target(
      name: "TestSupport", dependencies: ["Waiting"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "FaultServer", dependencies: [nioCore, nioPosix, nioSSL], path: "Tests/FaultServer",
      swiftSettings: strict),
    .target(
      name: "PostgresServer", dependencies: ["TestSupport"], path: "Tests/PostgresServer",
      swiftSettings: strict),
    .target(name: "CBoxFaults", path: "Tests/CBoxFaults"),
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
    .target(
      name: "ScreenReader", dependencies: ["CVTerm", "Waiting"], path: "Tests/ScreenReader",
      swiftSettings: strict),

    .testTarget(
      name: "AdmissionTests", dependencies: ["Admission", "SeededRandom"], swiftSettings: strict),
    .testTarget(
      name: "ScannerTests", dependencies: ["Admission", "Scanner", "SeededRandom"],
      swiftSettings: strict),
    .testTarget(
      name: "FourvenuesTests",
      dependencies: [
        "Admission", "FaultServer", "Fourvenues", "SeededRandom", "TestSupport", "Waiting", logging,
        nioSSL,
      ],
      resources: [.embedInCode("Samples")], swiftSettings: strict),
    .testTarget(
      name: "NightStoreTests",
      dependencies: ["Admission", "NightStore", "SeededRandom", "TestSupport", grdb],
      swiftSettings: strict),
    .testTarget(
      name: "SharedLedgerTests",
      dependencies: [
        "Admission", "CheckIn", "FaultServer", "PostgresServer", "SeededRandom", "SharedLedger",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WaitingTests", dependencies: ["SeededRandom", "TestSupport", "Waiting"],
      swiftSettings: strict),
    .testTarget(
      name: "CheckInTests", dependencies: ["Admission", "CheckIn", "TestSupport", "Waiting"],
      swiftSettings: strict),
    .testTarget(
      name: "DoorScreenTests",
      dependencies: ["Admission", "DoorScreen", "Formatting", "SeededRandom", "Terminal"],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests",
      dependencies: [
        "Admission", "DoorScreen", "Formatting", "ScreenReader", "SeededRandom", "Terminal",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DoorConfigurationTests",
      dependencies: [
        "Admission", "DoorConfiguration", "DoorScreen", "Formatting", "Scanner", "SeededRandom",
        argumentParser, logging,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FormattingTests", dependencies: ["Formatting"], swiftSettings: strict),
    .testTarget(
      name: "LinuxBoxTests", dependencies: ["Admission", "LinuxBox", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SandboxVenueTests",
      dependencies: [
        "SandboxVenue", "SeededRandom", "TestSupport", asyncHTTPClient, logging, nioCore,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "BarcodeTests", dependencies: ["Barcode", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DoorTests",
      dependencies: [
        "Admission", "CheckIn", "Door", "DoorConfiguration", "DoorScreen", "Formatting",
        "Fourvenues", "LinuxBox", "NightStore", "SandboxVenue", "Scanner", "SeededRandom",
        "Terminal", "TestSupport", "Waiting", logging,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReadinessTests",
      dependencies: [
        "Admission", "CheckIn", "Door", "DoorConfiguration", "DoorScreen", "Formatting",
        "Fourvenues", "LinuxBox", "NightStore", "Readiness", "Scanner", "SeededRandom", "Terminal",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "NightReportTests",
      dependencies: [
        "Admission", "CheckIn", "Door", "DoorScreen", "Formatting", "Fourvenues", "NightReport",
        "NightStore", "SeededRandom",
      ],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "doorcheckTests",
      dependencies: [
        "Admission", "DoorConfiguration", "DoorScreen", "Formatting", "doorcheck", argumentParser,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "CBoxFaults", "FaultServer", "PostgresServer", "SandboxVenue", "ScreenReader",
        "SeededRandom", "TestSupport", "Waiting", grdb,
      ],
      swiftSettings: strict),
  ]
)

// Fuzzing builds with a sanitizer and without a `main`, so it is a package of its own in the same
// folder: only what is fuzzed, without the dependencies. See Config/fuzz.
if Context.environment["DOORCHECK_FUZZ"] != nil {
  package.dependencies = []
  package.products = [
    .executable(name: "fuzz-scanner", targets: ["FuzzScanner"]),
    .executable(name: "fuzz-answer", targets: ["FuzzAnswer"]),
  ]
  package.targets = [
    .target(name: "Admission", swiftSettings: strict),
    .systemLibrary(name: "CPCRE2"),
    .target(name: "Scanner", dependencies: ["Admission", "CPCRE2"], swiftSettings: strict),
    .target(
      name: "Fourvenues", dependencies: ["Admission"], exclude: ["Answer/BodyReader.swift"],
      sources: [
        "Answer", "FourvenuesError.swift", "Kinds", "Request/PercentEncoding.swift",
        "Request/ReportRequest.swift", "Wire",
      ], swiftSettings: strict),
    .executableTarget(
      name: "FuzzScanner", dependencies: ["Admission", "Scanner"],
      path: "Tests/Fuzzing/FuzzScanner",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]),
    .executableTarget(
      name: "FuzzAnswer", dependencies: ["Admission", "Fourvenues"],
      path: "Tests/Fuzzing/FuzzAnswer",
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]),
  ]
}
