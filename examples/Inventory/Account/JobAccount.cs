using System.Globalization;
using System.Text.Json;
using Inventory.Data;
using Sluice.Json;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>Tells the main job to a newcomer while it happens.</summary>
internal sealed class JobAccount(IAnsiConsole console, Options options)
{
    private readonly Steps _steps = new(console);
    private readonly RunCounts _counts = new();
    private readonly List<ProductGlimpse> _found = [];
    private readonly List<ActionStatusChangeEvent> _actions = [];
    private bool _hasTakenBack;

    /// <summary>Announces a run.</summary>
    public void Begin(string title, string request)
    {
        Heading(title);
        console.WriteLine(request);
        Heading("What the agents do");
        console.WriteLine(options switch
        {
            { IsLive: false } => "No model is called: a script answers in its place. Everything else is real.",
            { Replay: { } path } => $"No model is called: its answers come from {path}. Everything else is real.",
            { Record: { } path } => $"Models do the job. What they answer is recorded in {path}.",
            _ => "Models do the job.",
        });
        console.WriteLine();
    }

    /// <summary>Tells an event.</summary>
    public void Add(RuntimeEvent e)
    {
        _counts.Add(e);
        if (options.ShowEvents) console.Profile.Out.Writer.WriteLine(e.ToJson());
        _steps.Print(e);
        switch (e)
        {
            case ToolInvocationEvent { Result: { } result } when ToolSummary.GlimpseOf(result) is { } glimpse: _found.Add(glimpse); break;
            case ToolAgentEvent { State: InvocationState.Result }: PrintFound(); break;
            case ApprovalRequiredEvent { Kind: ApprovalKind.InDoubt } doubt: PrintDoubt(doubt); break;
            case ApprovalRequiredEvent gate: PrintPlan(gate); break;
            case CostSummaryEvent cost when options.IsLive: console.WriteLine(CostOf(cost)); break;
            case ApprovalDecisionEvent decision: PrintDecision(decision); break;
            case ActionStatusChangeEvent { Status: not ActionStatus.Executing } action: _actions.Add(action); break;
            case PlanStatusChangeEvent { To: "executed" or "failed" }: PrintActions(); break;
        }
    }

    /// <summary>Tells how it ended.</summary>
    public void End(
        StoredPlan? plan, OperationsSummary before, OperationsSummary after, TimeSpan working, TimeSpan waiting, bool isLeftOpen)
    {
        Heading("What changed");
        console.Write(JobTables.Operations(before, after));
        console.WriteLine();
        var (text, color) = isLeftOpen
            ? ("Nobody said what became of the action, so the run waits. Start again to say it.", Color.Yellow)
            : Outcome(plan);
        console.Write(new Text(text, new Style(color, decoration: Decoration.Bold)));
        console.WriteLine();
        console.WriteLine();
        var waited = waiting > TimeSpan.Zero ? $", and {waiting.TotalSeconds:0.0} s for the decision" : "";
        console.WriteLine($"{_counts} in {working.TotalSeconds:0.00} s{waited}.");
    }

    private static string CostOf(CostSummaryEvent cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"The models used {cost.Total.InputTokens:N0} tokens of input, {cost.Total.CacheReadTokens:N0} of them from the cache, and {cost.Total.OutputTokens:N0} of output: {(cost.TotalCostUsd is { } usd ? $"${usd:0.0000}" : "the price is not known")}.");

    private (string Text, Color Color) Outcome(StoredPlan? plan) => plan switch
    {
        { Status: PlanStatus.Executed, Result.EntitiesAffected: 0 } =>
            ("The plan was executed, but earlier plans have dealt with all products. Start with --reset to begin anew.", Color.Yellow),
        { Status: PlanStatus.Executed, Result: { } result } =>
            ($"The plan was executed: {result.EntitiesAffected:N0} changes.", Color.Green),
        { Status: PlanStatus.Failed, Error: { } error } =>
            ($"The plan failed. {error.Message}{(_hasTakenBack ? " The actions before it were taken back." : "")}", Color.Red),
        { Status: PlanStatus.Draft } => ("The plan was not approved, so nothing was changed. It stays a draft.", Color.Yellow),
        null => ("The run ended without a plan, so nothing was changed.", Color.Red),
        _ => ($"The plan was left {plan.Status.ToString().ToLowerInvariant()}.", Color.Red),
    };

    private void PrintFound()
    {
        if (_found.Count == 0) return;
        Heading("What the planner found");
        console.WriteLine("Agents see these glimpses and pass handles on; the lists of products stay in the reference store.");
        console.Write(JobTables.Found(_found));
        console.WriteLine();
        _found.Clear();
    }

    private void PrintPlan(ApprovalRequiredEvent gate)
    {
        var plan = gate.Payload.GetProperty("body").Deserialize<InventoryPlan>(SluiceJson.Options)!;
        Heading("The plan waits for approval");
        console.WriteLine($"{gate.Target}, version {gate.Payload.GetProperty("version")}, asked by the {gate.Agent}. {plan.Rationale}");
        console.WriteLine($"By {string.Join(", ", plan.Sources)}.");
        console.Write(JobTables.Plan(plan.Actions, gate.Payload.GetProperty("previews")));
    }

    private void PrintDoubt(ApprovalRequiredEvent doubt)
    {
        Heading("Did it happen?");
        console.WriteLine(doubt.Payload.GetProperty("message").GetString()!);
        console.WriteLine("Look into the operational database: an action that happened has a row in applied_actions with the key below.");
        console.Write(JobTables.Doubt(doubt.Payload));
    }

    private void PrintDecision(ApprovalDecisionEvent decision)
    {
        var verb = decision.Outcome switch
        {
            ApprovalOutcome.Approve => "Approved",
            ApprovalOutcome.Revise => "Sent back for revision",
            ApprovalOutcome.Retry => "To be done again, as decided",
            ApprovalOutcome.MarkDone => "Marked as done",
            ApprovalOutcome.MarkFailed => "Marked as failed",
            _ => "Rejected",
        };
        var told = decision.Feedback is { } feedback ? $" The agent was told: {feedback}" : "";
        console.WriteLine($"{verb} by {decision.DecidedBy}.{told}");
    }

    private void PrintActions()
    {
        Heading("What was done");
        console.Write(JobTables.Actions(_actions));
        console.WriteLine();
        _hasTakenBack = _actions.Any(action => action.Status == ActionStatus.Compensated);
        _actions.Clear();
    }

    private void Heading(string title)
    {
        console.WriteLine();
        console.Write(new Rule(title).LeftJustified());
    }
}
