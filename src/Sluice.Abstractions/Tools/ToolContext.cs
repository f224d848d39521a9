using System.Text.Json;

namespace Sluice;

/// <summary>What a tool's handler knows of its call, and what it may do besides returning a result. Valid until the handler returns.</summary>
public abstract class ToolContext
{
    /// <summary>The id of the call, as the model gave it.</summary>
    public abstract string ToolUseId { get; }

    /// <summary>The run the call belongs to.</summary>
    public abstract string RunId { get; }

    /// <summary>The thread the run belongs to.</summary>
    public abstract string ThreadId { get; }

    /// <summary>The name of the agent that called.</summary>
    public abstract string Agent { get; }

    /// <summary>The tenant of the runtime.</summary>
    public abstract TenantSpec Tenant { get; }

    /// <summary>The host's services; an empty provider when the runtime was given none.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Creates, resolves and glimpses references of the tenant.</summary>
    public abstract IReferences References { get; }

    /// <summary>Reports <c>tool_progress</c> events.</summary>
    public abstract IProgress<ToolProgress> Progress { get; }

    /// <summary>Which attempt at this call it is, from 1; more than 1 only after a crash.</summary>
    public abstract int Attempt { get; }

    /// <summary>A key that is the same for every attempt at this call and different for every other call.</summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>Cancelled when the run is cancelled or the call's timeout passes.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>Emits a <c>custom</c> event.</summary>
    /// <param name="eventType">The application's name for the event. Non-blank.</param>
    /// <param name="data">The event's data.</param>
    public abstract void Emit(string eventType, JsonElement data);

    /// <summary>Emits a <c>custom</c> event whose data is written as camelCase JSON.</summary>
    /// <param name="eventType">The application's name for the event. Non-blank.</param>
    /// <param name="data">The event's data.</param>
    public void Emit(string eventType, object? data) =>
        Emit(eventType, JsonSerializer.SerializeToElement(data, Json.SluiceJson.Options));

    /// <summary>Tells that the tool made a file, as a <c>file_registered</c> event.</summary>
    /// <param name="name">The file's name for people.</param>
    /// <param name="mediaType">The media type, such as <c>text/csv</c>.</param>
    /// <param name="reference">The handle under which the content is stored.</param>
    public abstract void RegisterFile(string name, string mediaType, ReferenceHandle reference);
}
