using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Data.Knowledge;

/// <summary>The commands about documents: <c>sluice data knowledge …</c>.</summary>
internal static class KnowledgeCommand
{
    public static Command Create(Shell shell, DataSourceOptions source) =>
        new("knowledge", "What people wrote about the data: bring documents in.") { new KnowledgeIngestCommand(shell, source) };
}
