using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Runs;

/// <summary>A command that looks at what a store has recorded, or decides on it. No agent runs for it.</summary>
internal abstract class RecordCommand : SluiceCommand
{
    private readonly RecordOptions _records = new();

    protected RecordCommand(Shell shell, string name, string description, params IReadOnlyList<string> examples)
        : base(shell, name, description, examples)
    {
        foreach (var option in _records.All) Options.Add(option);
    }

    protected sealed override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var records = await _records.OpenAsync(invocation, cancellationToken);
        return await RunAsync(invocation, records.Runtime, cancellationToken);
    }

    protected abstract Task<ExitCode> RunAsync(Invocation invocation, AgentRuntime records, CancellationToken cancellationToken);

    /// <summary>Tells, where a list is empty, whose list it is: another tenant's may not be.</summary>
    protected static void TellEmpty(Invocation invocation, AgentRuntime records, string what)
    {
        if (invocation.Format == OutputFormat.Text)
            invocation.Terminal.Error.WriteLine(VisibleText.OfLine($"Tenant '{records.Spec.Tenant.ResourceId}' has no {what} here. --tenant-id, --spec and --app choose another tenant."));
    }
}
