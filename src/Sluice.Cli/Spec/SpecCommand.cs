using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Spec;

/// <summary>The commands about runtime specs in JSON: <c>sluice spec …</c>.</summary>
internal static class SpecCommand
{
    public static Command Create(Shell shell) => new("spec", "Check a spec, see its schema, see which tools and approval rules its agents have.")
    {
        new SpecValidateCommand(shell),
        new SpecSchemaCommand(shell),
        new SpecShowCommand(shell),
    };
}
