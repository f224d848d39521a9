using Sluice.Cli.Output;

namespace Sluice.Cli.CommandLine;

/// <summary>What commands are made with: where they write, and the options that all of them have.</summary>
internal sealed record Shell(Terminal Terminal, GlobalOptions Globals);
