using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Output;
using Sluice.Cli.Store;

namespace Sluice.Cli.Doctor;

/// <summary><c>sluice doctor</c>: what works on this machine and what is missing.</summary>
internal sealed class DoctorCommand : SluiceCommand
{
    private readonly StoreOptions _store = new();
    private readonly DataSourceOptions _data = new();

    public DoctorCommand(Shell shell)
        : base(
            shell, "doctor", "Says what works on this machine and what is missing, and ends with 3 when something that is here does not work.",
            "sluice doctor",
            "sluice doctor --data-environment sluice.data.yaml --store-env RUNS --output json")
    {
        foreach (var option in _store.All.Concat(_data.All)) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        Finding[] findings =
        [
            await Examination.SdkAsync(cancellationToken),
            Examination.Key("Anthropic models", "ANTHROPIC_API_KEY"),
            Examination.Key("OpenAI models", "OPENAI_API_KEY"),
            await Examination.StoreAsync(_store.Read(invocation)),
            await Examination.DataAsync(invocation, _data, cancellationToken),
        ];
        RecordOutput.WriteList(invocation, findings, ["what", "state", "detail"], finding => [finding.What, WireName.Of(finding.State), finding.Detail]);
        return Array.Exists(findings, finding => finding.State == FindingState.Broken) ? ExitCode.ChecksFailed : ExitCode.Done;
    }
}
