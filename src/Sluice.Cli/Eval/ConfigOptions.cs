using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Eval;

/// <summary>The options that are in the place of what the dataset says of how it is run.</summary>
internal sealed class ConfigOptions
{
    private readonly Option<int?> _samples = NumberOption.CreateOptional("--samples", "N", "How often each case is run, 1 to 1000. Default: what the dataset says, else 3.", 1, 1000);
    private readonly Option<int?> _concurrency = NumberOption.CreateOptional("--concurrency", "N", "The most samples at once, 1 to 256. Default: what the dataset says, else 4.", 1, 256);
    private readonly Option<string?> _judgeModel = new("--judge-model")
    {
        Description = "The model that judges, such as claude-opus-4-8. Better one of another family than the agents' models. Default: what the dataset says.",
        HelpName = "MODEL",
    };

    private readonly Option<EvalApprovals?> _approvals = new("--approvals")
    {
        Description = "What approval requests are answered, where the case says nothing. Default: what the dataset says, else approve.",
        HelpName = "approve|reject",
    };

    public ConfigOptions() => _approvals.AcceptOnlyFromAmong(StringComparer.Ordinal, "approve", "reject");

    public IEnumerable<Option> All => [_samples, _concurrency, _judgeModel, _approvals];

    /// <summary>How the dataset is run with what the command line says.</summary>
    public EvalConfig Apply(Invocation invocation, EvalConfig config)
    {
        var judge = invocation.Get(_judgeModel);
        return config with
        {
            SamplesPerCase = invocation.Get(_samples) ?? config.SamplesPerCase,
            Concurrency = invocation.Get(_concurrency) ?? config.Concurrency,
            Model = judge ?? config.Model,
            Provider = judge is null ? config.Provider : null,
            Approvals = invocation.Get(_approvals) ?? config.Approvals,
        };
    }
}
