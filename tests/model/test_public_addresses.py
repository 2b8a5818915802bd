from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.public_addresses import is_public

CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "64:ff9b:1::1",
    "fe80::5efe:10.0.0.1",
    "not an address",
    "127.1",
    "",
]


@pytest.mark.parametrize("text", CLOSED)
def test_what_is_not_on_the_public_internet_is_closed(text):
    assert not is_public(text)


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "93.184.216.34", "172.32.0.1", "223.255.255.254", "2606:4700::1111", "2a00:1450::1"]
)
def test_what_is_on_the_public_internet_is_open(text):
    assert is_public(text)


@given(st.ip_addresses(v=4))
def test_nothing_that_the_standard_library_calls_private_is_open(address: IPv4Address):
    private = not address.is_global or address.is_multicast or address.is_reserved

    assert not (private and is_public(str(address)))


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_is_open_that_the_standard_library_closes(address: IPv6Address):
    private = not address.is_global or address.is_multicast or address.is_reserved or address.is_site_local
    carries = address.ipv4_mapped or address.sixtofour or str(address).startswith("64:ff9b::")

    assert not (private and not carries and is_public(str(address)))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_as_open_in_ipv6s_clothes(address: IPv4Address):
    number = int(address)
    dressed = [
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address((0x64FF9B << 96) | number),
        IPv6Address((0x2002 << 112) | (number << 80) | 1),
    ]

    assert {is_public(str(each)) for each in dressed} == {is_public(str(address))}
