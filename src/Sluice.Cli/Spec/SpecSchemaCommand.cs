using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Spec;

/// <summary><c>sluice spec schema</c>: the JSON Schema of specs, for editors and other tools.</summary>
internal sealed class SpecSchemaCommand(Shell shell)
    : SluiceCommand(shell, "schema", "Writes the JSON Schema of specs, for editors and other tools.", "sluice spec schema > runtime-spec.schema.json")
{
    protected override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        invocation.Terminal.Out.WriteLine(RuntimeSpecSchema.ToJson().TrimEnd('\n'));
        return Task.FromResult(ExitCode.Done);
    }
}
