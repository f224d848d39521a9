using Sluice.Data.Reading;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Opening;

/// <summary>The rules of kind and address of one part.</summary>
internal sealed class PartRules(
    string path, IReadOnlyList<string> kinds, IReadOnlyList<string> withoutAddress, Func<string, string?> variables, SettingsProblems problems)
{
    public PartSource? Check(string? kind, string? url, string? urlEnv)
    {
        var isKnown = kind is null || kinds.Contains(kind, StringComparer.Ordinal);
        if (!isKnown) problems.Add("unknown_kind", $"{path}.kind", $"There is no kind \"{kind}\" for this{NearestName.Suggest(kind!, kinds, "the kinds are")}");
        if (url is not null && urlEnv is not null)
        {
            problems.Add("conflicting_settings", $"{path}.urlEnv", "Both \"url\" and \"urlEnv\" are given. Keep one.");
            return null;
        }

        if (kind is not null && withoutAddress.Contains(kind)) return CheckNoAddress(kind, url ?? urlEnv);
        if (url is null && urlEnv is null)
        {
            problems.Add(
                SpecErrorCodes.MissingProperty, $"{path}.url",
                "The address is missing. Give \"url\", or \"urlEnv\" with the environment variable that holds it.");
            return null;
        }

        var place = url is null ? $"{path}.urlEnv" : $"{path}.url";
        if ((url ?? ReadVariable(urlEnv!)) is not { } address) return null;
        if (AddressRules.KindOf(address) is not { } ofAddress)
        {
            problems.Add("invalid_url", place, "The address is none of sqlite:path, postgres://host/database and redis://host.");
            return null;
        }

        if (!isKnown || !CheckAddress(kind, ofAddress, address, place)) return null;
        return new(kind ?? ofAddress, address);
    }

    private bool CheckAddress(string? kind, string ofAddress, string address, string place)
    {
        if (kind is null && !kinds.Contains(ofAddress, StringComparer.Ordinal))
        {
            problems.Add("unknown_kind", place, $"An address of {ofAddress} cannot be used here. The kinds are: {string.Join(", ", kinds)}.");
            return false;
        }

        if (kind is not null && AddressRules.IsWellKnown(kind) && kind != ofAddress)
        {
            problems.Add("conflicting_settings", place, $"The kind is {kind}, and the address is one of {ofAddress}. Make them agree, or leave \"kind\" out.");
            return false;
        }

        if (AddressRules.Problem(ofAddress, address) is not { } problem) return true;
        problems.Add("invalid_url", place, problem);
        return false;
    }

    private PartSource? CheckNoAddress(string kind, string? address)
    {
        if (address is null) return new(kind, null);
        problems.Add("conflicting_settings", $"{path}.url", $"Kind {kind} has no address. Leave the address out, or choose another kind.");
        return null;
    }

    private string? ReadVariable(string name)
    {
        if (variables(name) is { } value && !string.IsNullOrWhiteSpace(value)) return value;
        // What was meant as an address may have been put here: it is not shown.
        var shown = name.Contains("://", StringComparison.Ordinal) ? "" : $" \"{name}\"";
        problems.Add(
            "missing_variable", $"{path}.urlEnv", $"The environment variable{shown} is not set. Set it to the address, or give \"url\".");
        return null;
    }
}
