using System.Reflection;
using System.Runtime.InteropServices;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Checking;
using Sluice.Evals.Judging;

namespace Sluice.Evals.Running;

/// <summary>An eval that was checked: everything that its samples share.</summary>
internal sealed record EvalPlan
{
    public required IAgentRuntime Runtime { get; init; }

    public required EvalRequest Request { get; init; }

    public required EvalConfig Config { get; init; }

    /// <summary>The agent that is asked; null: the one that answers a prompt.</summary>
    public required string? Agent { get; init; }

    public required Judge Judge { get; init; }

    public EvalDataset Dataset => Request.Dataset;

    public TimeProvider Time => Request.TimeProvider;

    public int Planned => Dataset.Cases.Count * Config.SamplesPerCase;

    /// <summary>Checks a request, all at once, before anything runs.</summary>
    /// <exception cref="SpecValidationException">It has problems.</exception>
    public static EvalPlan Create(IAgentRuntime runtime, EvalRequest request)
    {
        var config = request.Config ?? request.Dataset.Config ?? new();
        var problems = EvalChecks.Check(request.Dataset, config, runtime, request.JudgeClient is not null, request.UseScripts);
        if (problems.Count > 0) throw new SpecValidationException(problems, ErrorCodes.InvalidEval);
        return new()
        {
            Runtime = runtime,
            Request = request,
            Config = config,
            Agent = TargetAgent.Find(runtime.Spec, config),
            Judge = CreateJudge(runtime, request, config),
        };
    }

    /// <summary>The header of the eval, if it begins now.</summary>
    public EvalHeader CreateHeader()
    {
        var now = Time.GetUtcNow();
        return new()
        {
            EvalRunId = Request.EvalRunId ?? $"eval-{Guid.CreateVersion7(now):n}",
            Config = Config,
            DatasetName = Dataset.Name,
            DatasetHash = Dataset.ContentHash,
            Environment = CreateEnvironment(),
            UseScripts = Request.UseScripts,
            StartedAt = now,
        };
    }

    /// <summary>What whoever reads the scores should know of how they came about.</summary>
    public IReadOnlyList<string> FindWarnings()
    {
        if (Config.Model is not { } judge || !Dataset.Cases.Any(HasJudge)) return [];
        return
        [
            .. Runtime.Spec.Agents.Where(agent => JudgeFamily.SameFamily(judge, agent.Model.Id)).Select(agent =>
                $"The judge '{judge}' is of one family with the model of agent '{agent.Name}', '{agent.Model.Id}', and may favour it. Let another family judge."),
        ];
    }

    private EvalEnvironment CreateEnvironment() => new()
    {
        SluiceVersion = typeof(EvalPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = RuntimeInformation.OSDescription,
        Tenant = $"{Runtime.Spec.Tenant.ResourceId}@{Runtime.Spec.Tenant.Version}",
        Models = Runtime.Spec.Agents.ToDictionary(agent => agent.Name, agent => agent.Model.Id, StringComparer.Ordinal),
    };

    private static Judge CreateJudge(IAgentRuntime runtime, EvalRequest request, EvalConfig config)
    {
        var client = request.JudgeClient;
        if (client is null && config.Model is { } model && request.Dataset.Cases.Any(HasJudge))
            client = runtime.GetChatClient(new() { Id = model, Provider = config.Provider });
        return new(client, config.Model, config.Limits.JudgeRetries, config.ScorerConfig.KeepJudgeTraces, request.TimeProvider);
    }

    private static bool HasJudge(TestCase testCase) => testCase.FinalResponse?.Scorers.Any(scorer => scorer is JudgeScorer) == true;
}
