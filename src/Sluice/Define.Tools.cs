using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice;

public static partial class Define
{
    /// <summary>A tool with typed arguments.</summary>
    /// <typeparam name="TArgs">The arguments; the input schema is derived from them.</typeparam>
    /// <param name="name">The name the model calls, <c>^[a-zA-Z0-9_-]{1,64}$</c>.</param>
    /// <param name="description">What the tool does and returns, for the model. Non-blank.</param>
    /// <param name="handler">Runs the tool. What it returns is written as camelCase JSON.</param>
    /// <param name="approval">When a call needs approval; null: broader rules decide, in the end never.</param>
    /// <param name="effect">What the tool does to the world.</param>
    /// <param name="timeout">The longest one call may take; null: the runtime's limit. Positive.</param>
    /// <param name="maxResultBytes">The largest result, in bytes of JSON, that goes to the model as it is; null: the runtime's limit. At least 256.</param>
    /// <param name="largeResult">What happens to a larger result.</param>
    /// <param name="reference">The name of the reference kind under which large results are stored; null: the built-in kind.</param>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static ToolSpec Tool<TArgs>(
        string name,
        string description,
        Func<TArgs, ToolContext, Task<object?>> handler,
        ApprovalPolicy? approval = null,
        ToolEffect effect = ToolEffect.SideEffect,
        TimeSpan? timeout = null,
        int? maxResultBytes = null,
        LargeResultHandling largeResult = LargeResultHandling.Offload,
        string? reference = null) =>
        ToolSpec.FromHandler(name, description, handler) with
        {
            Approval = approval,
            Effect = effect,
            Timeout = timeout,
            MaxResultBytes = maxResultBytes,
            LargeResult = largeResult,
            Reference = reference,
        };

    /// <summary>A tool with typed arguments and a typed result.</summary>
    /// <typeparam name="TArgs">The arguments; the input schema is derived from them.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <inheritdoc cref="Tool{TArgs}" path="/param"/>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static ToolSpec Tool<TArgs, TResult>(
        string name,
        string description,
        Func<TArgs, ToolContext, Task<TResult>> handler,
        ApprovalPolicy? approval = null,
        ToolEffect effect = ToolEffect.SideEffect,
        TimeSpan? timeout = null,
        int? maxResultBytes = null,
        LargeResultHandling largeResult = LargeResultHandling.Offload,
        string? reference = null) =>
        ToolSpec.FromHandler(name, description, handler) with
        {
            Approval = approval,
            Effect = effect,
            Timeout = timeout,
            MaxResultBytes = maxResultBytes,
            LargeResult = largeResult,
            Reference = reference,
        };

    /// <summary>
    /// A tool from any delegate: each parameter is an argument, except a <see cref="ToolContext"/>, an <see cref="IServiceProvider"/> and a
    /// <see cref="CancellationToken"/>, which the runtime supplies.
    /// </summary>
    /// <inheritdoc cref="Tool{TArgs}" path="/param"/>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static ToolSpec Tool(
        string name,
        string description,
        Delegate handler,
        ApprovalPolicy? approval = null,
        ToolEffect effect = ToolEffect.SideEffect,
        TimeSpan? timeout = null,
        int? maxResultBytes = null,
        LargeResultHandling largeResult = LargeResultHandling.Offload,
        string? reference = null) =>
        ToolSpec.FromDelegate(name, description, handler) with
        {
            Approval = approval,
            Effect = effect,
            Timeout = timeout,
            MaxResultBytes = maxResultBytes,
            LargeResult = largeResult,
            Reference = reference,
        };

    /// <summary>A tool from a function of Microsoft.Extensions.AI, under the function's name, description and schema.</summary>
    /// <param name="function">The function. An <see cref="ApprovalRequiredAIFunction"/> always needs approval unless <paramref name="approval"/> says otherwise.</param>
    /// <param name="approval">When a call needs approval; null: the function's own requirement, else broader rules.</param>
    /// <param name="effect">What the tool does to the world.</param>
    /// <param name="timeout">The longest one call may take; null: the runtime's limit. Positive.</param>
    /// <param name="maxResultBytes">The largest result, in bytes of JSON, that goes to the model as it is; null: the runtime's limit. At least 256.</param>
    /// <param name="largeResult">What happens to a larger result.</param>
    /// <param name="reference">The name of the reference kind under which large results are stored; null: the built-in kind.</param>
    public static ToolSpec Tool(
        AIFunction function,
        ApprovalPolicy? approval = null,
        ToolEffect effect = ToolEffect.SideEffect,
        TimeSpan? timeout = null,
        int? maxResultBytes = null,
        LargeResultHandling largeResult = LargeResultHandling.Offload,
        string? reference = null)
    {
        var tool = ToolSpec.FromFunction(function);
        return tool with
        {
            Approval = approval ?? tool.Approval,
            Effect = effect,
            Timeout = timeout,
            MaxResultBytes = maxResultBytes,
            LargeResult = largeResult,
            Reference = reference,
        };
    }

    /// <summary>A tool that is declared without code. Its handler is bound by name when the runtime is created.</summary>
    /// <param name="name">The name the model calls, <c>^[a-zA-Z0-9_-]{1,64}$</c>.</param>
    /// <param name="description">What the tool does and returns, for the model. Non-blank.</param>
    /// <param name="inputSchema">The JSON Schema (draft 2020-12) of the arguments, an object.</param>
    /// <param name="approval">When a call needs approval; null: broader rules decide, in the end never.</param>
    /// <param name="effect">What the tool does to the world.</param>
    /// <param name="timeout">The longest one call may take; null: the runtime's limit. Positive.</param>
    /// <param name="maxResultBytes">The largest result, in bytes of JSON, that goes to the model as it is; null: the runtime's limit. At least 256.</param>
    /// <param name="largeResult">What happens to a larger result.</param>
    /// <param name="reference">The name of the reference kind under which large results are stored; null: the built-in kind.</param>
    public static ToolSpec Tool(
        string name,
        string description,
        JsonElement inputSchema,
        ApprovalPolicy? approval = null,
        ToolEffect effect = ToolEffect.SideEffect,
        TimeSpan? timeout = null,
        int? maxResultBytes = null,
        LargeResultHandling largeResult = LargeResultHandling.Offload,
        string? reference = null) => new()
        {
            Name = name,
            Description = description,
            InputSchema = inputSchema,
            Approval = approval,
            Effect = effect,
            Timeout = timeout,
            MaxResultBytes = maxResultBytes,
            LargeResult = largeResult,
            Reference = reference,
        };
}
