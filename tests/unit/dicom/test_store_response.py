"""C-STORE-RSP as pynetdicom reads it, whole and in the fragments a peer with a short PDU takes."""

from __future__ import annotations

import pytest
from pynetdicom.dimse_messages import DIMSEMessage
from pynetdicom.dimse_primitives import C_STORE

from hbgz_desktop.dicom.store_response import store_response
from hbgz_desktop.model.instance import SUCCESS, StoreAnswer

CT = "1.2.840.10008.5.1.4.1.1.2"


def read_back(answer: StoreAnswer, uids: tuple[str, str], max_pdu_bytes: int) -> C_STORE:
    message = DIMSEMessage()
    fragments = store_response(7, 65535, uids, answer, max_pdu_bytes)
    done = [message.decode_msg(fragment) for fragment in fragments]
    assert done == [False] * (len(done) - 1) + [True]
    primitive = message.message_to_primitive()
    assert message.context_id == 7
    assert isinstance(primitive, C_STORE)
    return primitive


@pytest.mark.parametrize("max_pdu_bytes", [0, 16384, 64, 7])
def test_success_names_what_was_stored(max_pdu_bytes: int) -> None:
    rsp = read_back(SUCCESS, (CT, "1.2.3"), max_pdu_bytes)
    assert rsp.Status == 0
    assert rsp.MessageIDBeingRespondedTo == 65535
    assert rsp.AffectedSOPClassUID == CT
    assert rsp.AffectedSOPInstanceUID == "1.2.3"
    assert rsp.ErrorComment is None


def test_no_fragment_is_longer_than_the_peer_takes() -> None:
    for fragment in store_response(1, 1, (CT, "1.2.3"), SUCCESS, 64):
        assert all(len(pdv) + 5 <= 64 for _, pdv in fragment.presentation_data_value_list)


def test_a_comment_is_ascii_and_short() -> None:
    rsp = read_back(StoreAnswer(0xC000, "磁盘" + "x" * 80), (CT, "1.2.3"), 0)
    assert rsp.Status == 0xC000
    assert rsp.ErrorComment == "??" + "x" * 62


def test_an_answer_to_a_request_without_uids_leaves_them_out() -> None:
    rsp = read_back(StoreAnswer(0xC000, "incomplete_request"), ("", ""), 0)
    assert rsp.Status == 0xC000
    assert rsp.AffectedSOPInstanceUID is None
