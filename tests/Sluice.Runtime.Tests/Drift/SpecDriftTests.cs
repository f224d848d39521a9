using System.Text;
using Sluice.Journal;
using Sluice.Runtime.Drift;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Drift;

/// <summary>A run waits for a person, and is resumed under another spec.</summary>
public sealed class SpecDriftTests
{
    private readonly Office _office = new();

    [Fact]
    public async Task Resume_SameSpec_GoesOn()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());

        (await DecideAndResumeAsync(storage, Spec(), runId)).ShouldFinish();
    }

    [Fact]
    public async Task Resume_OtherPromptAndTool_IsRefusedAndSaysWhere()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());
        var changed = Spec("You post carefully.", "Posts an amount, twice.");

        var error = await Should.ThrowAsync<SluiceException>(() => DecideAndResumeAsync(storage, changed, runId));

        error.Code.ShouldBe(ErrorCodes.SpecChanged);
        error.Message.ShouldContain("agents[clerk].systemPrompt: \"You post.\" → \"You post carefully.\"");
        error.Message.ShouldContain("tools[post].description: \"Posts an amount.\" → \"Posts an amount, twice.\"");
        error.Message.ShouldContain("RuntimeOptions.SpecDrift");
        _office.Posted.ShouldBeEmpty();
        (await storage.Journal.GetRunAsync(Sample.Tenant, runId, default))!.State.ShouldBe(RunState.Waiting);
    }

    [Fact]
    public async Task Resume_OtherSpecAccepted_GoesOnAndRecordsItOnce()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());
        var changed = Spec("You post carefully.");
        await using (var second = Open(storage, changed, SpecDrift.Accept))
        {
            var run = WatchedRun.Join(second, runId);
            _ = second.ResumeAsync(runId).ToListAsync().AsTask();
            await run.UntilAsync(events => events.OfType<CustomEvent>().Any(e => e.EventType == DriftCheck.Accepted));
        }

        // What was accepted needs not be accepted again, and what it was begun with never.
        (await DecideAndResumeAsync(storage, changed, runId)).ShouldFinish();

        _office.Posted.ShouldHaveSingleItem();
        await using var reader = Open(storage, changed);
        var entries = await reader.JournalAsync(runId).ToListAsync();
        entries.Count(entry => entry is { Kind: JournalEntryKind.EventEmitted, Key: StepKey.Run }).ShouldBe(1);
        (await reader.VerifyAsync(runId)).Problems.ShouldBeEmpty();
        (await reader.AuditAsync(runId)).ToText().ShouldContain("went on under another spec");
    }

    [Fact]
    public async Task Resume_OtherSpecAcceptedAndAThirdOne_IsComparedWithTheAccepted()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());
        await using (var second = Open(storage, Spec("Second."), SpecDrift.Accept))
        {
            _ = second.ResumeAsync(runId).ToListAsync().AsTask();
            await WatchedRun.Join(second, runId).UntilAsync(events => events.OfType<CustomEvent>().Any());
        }

        var error = await Should.ThrowAsync<SluiceException>(() => DecideAndResumeAsync(storage, Spec("Third."), runId));

        error.Message.ShouldContain("agents[clerk].systemPrompt: \"Second.\" → \"Third.\"");
    }

    [Fact]
    public async Task Resume_AgentIsGone_IsAClearErrorEvenWhenAccepted()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());
        var other = Define.Runtime(Sample.Tenant, [Define.Specialist("other", "model", "You post.", tools: [_office.PostTool(Approval.Always)])]);

        var error = await Should.ThrowAsync<SluiceException>(() => DecideAndResumeAsync(storage, other, runId, SpecDrift.Accept));

        error.Code.ShouldBe(ErrorCodes.SpecChanged);
        error.Message.ShouldContain("agent 'clerk' is at work in it");
    }

    [Fact]
    public async Task Resume_AgentOfASubFrameIsGone_IsAClearError()
    {
        await using var storage = MemoryStorage.Create();
        var tool = _office.PostTool(Approval.Always);
        var team = Sample.Team(Define.Specialist("clerk", "m", "p", tools: [tool]), Define.Specialist("spare", "m", "p"));
        var prompt = Script.Of(Script.Call("call_agent", new { agent = "clerk", prompt = Script.Of(Office.Call("rent")) }));
        var runId = await WaitAsync(storage, team, prompt);

        var error = await Should.ThrowAsync<SluiceException>(
            () => DecideAndResumeAsync(storage, Sample.Team(Define.Specialist("spare", "m", "p", tools: [tool])), runId, SpecDrift.Accept));

        error.Message.ShouldContain("agent 'clerk' is at work in it");
    }

    [Fact]
    public async Task Cancel_AgentIsGone_EndsTheRunAllTheSame()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());
        await using var second = Open(storage, Define.Runtime(Sample.Tenant, [Define.Specialist("other", "model", "p")]));

        await second.CancelAsync(runId);

        (await second.GetRunAsync(runId))!.State.ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task Resume_FormerSpecNotStored_SaysSo()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());
        var run = (await storage.Journal.GetRunAsync(Sample.Tenant, runId, default))!;
        var entries = await storage.Journal.ReadAsync(Sample.Tenant, runId, 0, default).ToListAsync();
        await using var copy = MemoryStorage.Create();
        (await copy.Journal.AppendAsync(Sample.Tenant, run, entries, RunLease.First("copy"), default)).ShouldBeTrue();
        await using var second = Open(copy, Spec("Other."));

        var error = await Should.ThrowAsync<SluiceException>(async () => await second.ResumeAsync(runId).ToListAsync());

        error.Code.ShouldBe(ErrorCodes.SpecChanged);
        error.Message.ShouldContain("is not stored, so what changed cannot be told");
    }

    [Fact]
    public async Task Resume_NewerJournal_IsRefused()
    {
        await using var storage = MemoryStorage.Create();
        var runId = await WaitAsync(storage, Spec());
        var run = (await storage.Journal.GetRunAsync(Sample.Tenant, runId, default))!;
        var entries = await storage.Journal.ReadAsync(Sample.Tenant, runId, 0, default).ToListAsync();
        entries[0] = entries[0] with { Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entries[0].Data.Span).Replace("\"journalVersion\":1", "\"journalVersion\":2", StringComparison.Ordinal)) };
        await using var copy = new Audit.CopiedRun(storage, run, [.. Audit.CopiedRun.Rechain(entries)]);
        await using var second = Open(copy, Spec());

        var error = await Should.ThrowAsync<SluiceException>(async () => await second.ResumeAsync(runId).ToListAsync());

        error.Code.ShouldBe(ErrorCodes.NewerJournal);
        (await second.VerifyAsync(runId)).Problems.ShouldHaveSingleItem().Code.ShouldBe(AuditProblemCodes.NewerJournal);
    }

    [Fact]
    public async Task StoredSpec_CannotBeResolvedByAnyAgentAndHoldsNoKey()
    {
        await using var storage = MemoryStorage.Create();
        var spec = Define.Runtime(Sample.Tenant, [Define.Specialist("solo", "m", "p", toolkits: ["references"])]) with
        {
            Providers = new Dictionary<string, ProviderSpec>
            {
                ["main"] = new() { Kind = "anthropic", ApiKey = "planted-key", Headers = new Dictionary<string, string> { ["X"] = "planted-header" } },
            },
            StorageFactories = new Dictionary<string, StorageFactorySpec> { ["kv"] = new() { Kind = "memory", Config = Office.Json("""{"x":"planted-config"}""") } },
        };
        var definition = SpecDefinition.Of(spec);
        var handle = SpecDefinition.HandleOf(definition.Hash);
        await using var runtime = Open(storage, spec);
        var events = await runtime.RunAsync(Script.Of(Script.Call("resolve_ref", new { handle.Kind, handle.Id })));

        events.ErrorOf("resolve_ref").Code.ShouldBe(ErrorCodes.ReferenceNotFound);
        (await Should.ThrowAsync<SluiceException>(() => runtime.ResolveReferenceAsync(handle))).Code.ShouldBe(ErrorCodes.ReferenceNotFound);
        using var stored = new StreamReader((await storage.References.OpenAsync(Sample.Tenant, handle, default))!);
        var json = await stored.ReadToEndAsync();
        json.ShouldBe(definition.Json);
        json.ShouldNotContain("planted");
        SpecDefinition.Of(spec with { Providers = new Dictionary<string, ProviderSpec> { ["main"] = spec.Providers["main"] with { ApiKey = "other" } } })
            .Hash.ShouldBe(definition.Hash, "an exchanged key is no other spec");
    }

    [Fact]
    public void Differences_ManyPlaces_AreNamedAndCut()
    {
        var before = Office.Json("""{"agents":[{"name":"a","x":1},{"name":"b","x":1}],"plans":[{"name":"P","schema":{"properties":{"q":{"type":"string"}}}}],"v":"1"}""");
        var now = Office.Json("""{"agents":[{"name":"b","x":2},{"name":"c"}],"plans":[{"name":"P","schema":{"properties":{"q":{"type":"number"}}}}],"v":"1"}""");

        SpecDifferences.Find(before, now).ShouldBe([
            """agents[a]: {"name":"a","x":1} → (nothing)""", "agents[b].x: 1 → 2", """agents[c]: (nothing) → {"name":"c"}""",
            "plans[P].schema.properties.q.type: \"string\" → \"number\"",
        ]);
        SpecDifferences.Find(before, before).ShouldBeEmpty();
    }

    private RuntimeSpec Spec(string prompt = "You post.", string description = "Posts an amount.") => Define.Runtime(
        Sample.Tenant, [Define.Specialist("clerk", "model", prompt, tools: [_office.PostTool(Approval.Always) with { Description = description }])]);

    private static SluiceRuntime Open(IRuntimeStorage storage, RuntimeSpec spec, SpecDrift drift = SpecDrift.Refuse) =>
        Sample.Scripted(spec, options => (options.Storage, options.SpecDrift) = (storage, drift));

    private static async Task<string> WaitAsync(IRuntimeStorage storage, RuntimeSpec spec, string? prompt = null)
    {
        await using var first = Open(storage, spec);
        var run = await WatchedRun.StartAsync(first, prompt ?? Script.Of(Office.Call("rent"), Script.Text("done")));
        await run.AskedAsync();
        return run.RunId;
    }

    private static async Task<IReadOnlyList<RuntimeEvent>> DecideAndResumeAsync(
        IRuntimeStorage storage, RuntimeSpec spec, string runId, SpecDrift drift = SpecDrift.Refuse)
    {
        await using var runtime = Open(storage, spec, drift);
        var resumed = runtime.ResumeAsync(runId).ToListAsync().AsTask();
        var run = WatchedRun.Join(runtime, runId);
        if (await Task.WhenAny(resumed, run.AskedAsync()) == resumed) return await resumed;
        var open = (await runtime.ListApprovalsAsync()).Single();
        await runtime.RespondToApprovalAsync(open.Id, ApprovalOutcome.Approve);
        return await resumed;
    }
}
