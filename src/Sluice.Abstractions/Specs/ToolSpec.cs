using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>Something the model can call. Names match <c>^[a-zA-Z0-9_-]{1,64}$</c>.</summary>
public sealed record ToolSpec
{
    /// <summary>The name the model calls.</summary>
    public required string Name { get; init; }

    /// <summary>What the tool does and returns, for the model. Non-blank.</summary>
    public required string Description { get; init; }

    /// <summary>The JSON Schema (draft 2020-12) of the arguments, an object.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>The tool's own approval policy; null: it sets none, and broader rules decide.</summary>
    public ApprovalPolicy? Approval { get; init; }

    /// <summary>What the tool does to the world. Default: <see cref="ToolEffect.SideEffect"/>.</summary>
    public ToolEffect Effect { get; init; } = ToolEffect.SideEffect;

    /// <summary>The longest one call may take; null: the runtime's limit. Positive. Milliseconds on the wire (<c>timeoutMs</c>).</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The largest result, in bytes of JSON, that goes to the model as it is; null: the runtime's limit. At least 256.</summary>
    public int? MaxResultBytes { get; init; }

    /// <summary>What happens to a larger result. Default: <see cref="LargeResultHandling.Offload"/>.</summary>
    public LargeResultHandling LargeResult { get; init; }

    /// <summary>The name of the reference kind under which large results are stored; null: the built-in kind <c>ToolResult</c>.</summary>
    public string? Reference { get; init; }

    /// <summary>The code behind the tool; null: bound by name when the runtime is created.</summary>
    [JsonIgnore]
    public ToolHandler? Handler { get; init; }

    /// <summary>A tool with typed arguments, from which its schema is derived.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <param name="name">The name the model calls.</param>
    /// <param name="description">What the tool does and returns, for the model.</param>
    /// <param name="handler">Runs the tool.</param>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static ToolSpec FromHandler<TArgs>(string name, string description, Func<TArgs, ToolContext, Task<object?>> handler) => new()
    {
        Name = name,
        Description = description,
        InputSchema = JsonSchemaDerivation.Derive<TArgs>(),
        Handler = ToolHandler.Create(handler),
    };

    /// <summary>A tool with typed arguments and a typed result.</summary>
    /// <typeparam name="TArgs">The arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="name">The name the model calls.</param>
    /// <param name="description">What the tool does and returns, for the model.</param>
    /// <param name="handler">Runs the tool.</param>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static ToolSpec FromHandler<TArgs, TResult>(string name, string description, Func<TArgs, ToolContext, Task<TResult>> handler) => new()
    {
        Name = name,
        Description = description,
        InputSchema = JsonSchemaDerivation.Derive<TArgs>(),
        Handler = ToolHandler.Create(handler),
    };

    /// <summary>A tool whose arguments are the parameters of a delegate, except those that the runtime supplies.</summary>
    /// <param name="name">The name the model calls.</param>
    /// <param name="description">What the tool does and returns, for the model.</param>
    /// <param name="handler">
    /// Runs the tool. The runtime supplies parameters of type <see cref="ToolContext"/>, <see cref="IServiceProvider"/> and <see cref="CancellationToken"/>.
    /// </param>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static ToolSpec FromDelegate(string name, string description, Delegate handler)
    {
        var (code, schema) = DelegateTool.Create(name, description, handler);
        return new() { Name = name, Description = description, InputSchema = schema, Handler = code };
    }

    /// <summary>A tool under the name, description and schema of a function; one that requires approval always needs it.</summary>
    /// <param name="function">The function.</param>
    public static ToolSpec FromFunction(AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new()
        {
            Name = function.Name,
            Description = function.Description,
            InputSchema = function.JsonSchema,
            Approval = function.GetService<ApprovalRequiredAIFunction>() is null ? null : Sluice.Approval.Always,
            Handler = ToolHandler.FromFunction(function),
        };
    }
}
